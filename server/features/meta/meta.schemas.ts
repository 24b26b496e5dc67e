import * as z from 'zod';
import { operations } from '../../access/feature.ts';
import { identityProviderSchema } from '../identities/identities.schemas.ts';
import { profileAccessSchema, sectionAccessSchema } from '../../accounts/field-access.ts';

const policiesSchema = z.strictObject({
  password: z.strictObject({
    /** Code points, in the form NFC. */
    minLength: z.int(),
    maxLength: z.int(),
    /** How many of the four groups (lower case, upper case, digits, others) must appear; 0 for no such rule. */
    characterGroups: z.int(),
    /** Refuses a password that holds the person's own name, username or e-mail. */
    forbidsPersonalInformation: z.boolean(),
    /** What a change does to the other sessions. */
    otherSessions: z.enum(['always-end', 'choose']),
  }),
  lockOut: z.strictObject({ tries: z.int(), seconds: z.int() }),
  reauthWindowSeconds: z.int(),
  session: z.strictObject({ idleSeconds: z.int(), absoluteSeconds: z.int() }),
});

export const metaSchema = z
  .strictObject({
    name: z.string(),
    preset: z.string(),
    version: z.string(),
    serverTime: z.iso.datetime(),
    capabilities: z.record(z.enum(operations), z.enum(['offered', 'not-offered'])),
    policies: policiesSchema,
    /** Whose identities can be linked, and sign in. */
    identityProviders: z.array(identityProviderSchema),
    /** Only with an access token: who it belongs to, also for an account that has to enrol first. */
    accountId: z.string().optional(),
    /** Only with an access token. Forced and not on: all of `/me` but `/me/mfa` answers `mfa-required`. */
    mfa: z.strictObject({ isOn: z.boolean(), isForced: z.boolean() }).optional(),
    /** Only with an access token. */
    permissions: z.array(z.string()).optional(),
    /** Only with an access token. */
    fields: profileAccessSchema.catchall(sectionAccessSchema).optional(),
  })
  .meta({ id: 'Meta' });
export type Meta = z.infer<typeof metaSchema>;
