import * as z from 'zod';
import type { AccountDocumentsSpec } from '../../vault/account-documents.ts';
import { describedKinds } from '../../../../shared/contract/account/described-fields.ts';
import { operations } from '../../../../shared/contract/account/operations.ts';
import { fillFields, profileFields, type SectionFields } from '../../../../shared/profile-fields.ts';
import { shapeFields } from '../../provider/common/field-shapes.ts';

// What lies on disk. Strict; only the names of the fields are shared with the contract, whose bounds may change without
// a migration.

const fieldAccess = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('editable'),
    needsReauth: z.literal(true).optional(),
    alsoVoids: z.literal('recovery-codes').optional(),
  }),
  z.strictObject({ kind: z.literal('needs-permission'), permission: z.string() }),
  z.strictObject({ kind: z.literal('set-by-provider') }),
  z.strictObject({ kind: z.literal('offline') }),
  z.strictObject({ kind: z.literal('hand-off'), page: z.string(), comesBack: z.boolean() }),
  z.strictObject({ kind: z.literal('not-offered') }),
]);

/** What lies on disk for a value; the fields are those of `profileFields`. */
const types = {
  text: z.string(),
  number: z.number(),
  boolean: z.boolean(),
  thresholds: z.array(z.strictObject({ percent: z.number(), byMail: z.boolean() })),
  picture: z.string().nullable(),
  instant: z.string().nullable(),
};
const accessTypes = fillFields(types, fieldAccess);
const notOffered = fillFields(types, { kind: 'not-offered' });

const section = <F extends SectionFields>(fields: F) =>
  z.strictObject({
    values: z.strictObject(shapeFields(fields, types)),
    access: z.strictObject(shapeFields(fields, accessTypes, notOffered)),
    revision: z.string(),
  });

const { user, workplace, notifications, contact, avatar } = profileFields;
const choices = z.array(z.strictObject({ id: z.string(), name: z.string() }));
/** RFC 3339: when the provider gave these values. */
const takenAt = z.iso.datetime();

const versionOne = z.strictObject({
  version: z.literal(1),
  takenAt,
  user: section(user),
  contact: section(contact),
  avatar: section(avatar),
});

const sections = {
  user: section(user).extend({ choices: z.strictObject({ role: choices }) }),
  workplace: section(workplace).extend({ choices: z.strictObject({ dialingPattern: choices }) }),
  notifications: section(notifications),
  contact: section(contact),
  avatar: section(avatar),
};

const versionTwo = z.strictObject({
  version: z.literal(2),
  takenAt,
  offers: z.array(z.enum(['api-key', 'access-keys', 'identity-keys', 'identities', 'account-deletion'])),
  ...sections,
});

const versionThree = z.strictObject({
  version: z.literal(3),
  takenAt,
  operations: z.partialRecord(z.enum(operations), fieldAccess),
  ...sections,
});

const more = z.strictObject({
  fields: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      help: z.string(),
      kind: z.enum(describedKinds),
      isRequired: z.boolean(),
      group: z.string().nullable(),
      choices,
      limits: z.strictObject({
        minLength: z.number().optional(),
        maxLength: z.number().optional(),
        minCount: z.number().optional(),
        maxCount: z.number().optional(),
        min: z.number().optional(),
        max: z.number().optional(),
        pattern: z.string().optional(),
      }),
    }),
  ),
  groups: z.array(z.strictObject({ id: z.string(), heading: z.string(), description: z.string() })),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  access: z.record(z.string(), fieldAccess),
  revision: z.string(),
});

/** Raised by each new field, so that an older app leaves the file alone. */
export const latestVersion = 4;

const versionFour = z.strictObject({ ...versionThree.shape, version: z.literal([latestVersion]), more });

const storedProfileSchema = z.discriminatedUnion('version', [versionOne, versionTwo, versionThree, versionFour]);

export const profileSpec = {
  prefix: 'profile',
  what: 'profile',
  version: latestVersion,
  schema: storedProfileSchema,
} satisfies AccountDocumentsSpec<typeof storedProfileSchema>;

export type StoredProfile = z.infer<typeof storedProfileSchema>;
