import * as z from 'zod';
import { operations } from '../../http/feature.ts';
import { profileAccessSchema } from '../profile/field-access.ts';

const policiesSchema = z.strictObject({
  password: z.strictObject({
    minLength: z.int(),
    maxLength: z.int(),
    /** How many of the four groups (lower case, upper case, digits, others) must appear. */
    minCharacterGroups: z.int(),
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
    /** Only with an access token. */
    permissions: z.array(z.string()).optional(),
    /** Only with an access token. */
    fields: profileAccessSchema.optional(),
  })
  .meta({ id: 'Meta' });
export type Meta = z.infer<typeof metaSchema>;
