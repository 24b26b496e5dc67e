import * as z from 'zod';
import { operations } from '../../../../shared/contract/account/operations.ts';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const fieldAccess = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('editable'), needsReauth: z.literal(true).optional() }),
  z.strictObject({ kind: z.literal('needs-permission'), permission: z.string() }),
  z.strictObject({ kind: z.literal('set-by-provider') }),
  z.strictObject({ kind: z.literal('offline') }),
  z.strictObject({ kind: z.literal('hand-off'), page: z.string(), comesBack: z.boolean() }),
  z.strictObject({ kind: z.literal('not-offered') }),
]);

const user = z.strictObject({
  firstName: z.string(),
  lastName: z.string(),
  username: z.string(),
  role: z.string(),
  company: z.string(),
  registeredAt: z.string().nullable(),
});

const contact = z.strictObject({
  email: z.string(),
  phone: z.string(),
  addressLine1: z.string(),
  addressLine2: z.string(),
  city: z.string(),
  state: z.string(),
  postalCode: z.string(),
  country: z.string(),
});

const notifications = z.strictObject({
  quotaAlerts: z.boolean(),
  thresholds: z.array(z.strictObject({ percent: z.number(), byMail: z.boolean() })),
  dailyReport: z.boolean(),
  sentTo: z.string(),
});

const workplace = z.strictObject({
  dialingPattern: z.string(),
  wfmNotifications: z.boolean(),
  wfmInterval: z.number(),
});

const avatar = z.strictObject({ image: z.string().nullable() });

const section = <Values extends z.ZodObject>(values: Values) =>
  z.strictObject({
    values,
    access: z.strictObject(
      Object.fromEntries(Object.keys(values.shape).map((field) => [field, fieldAccess])) as {
        [Field in keyof Values['shape']]: typeof fieldAccess;
      },
    ),
    revision: z.string(),
  });

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

export const storedProfileSchema = z.discriminatedUnion('version', [versionOne, versionTwo, versionThree]);
export type StoredProfile = z.infer<typeof storedProfileSchema>;
