import * as z from 'zod';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const fieldAccess = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('editable') }),
  z.strictObject({ kind: z.literal('needs-permission'), permission: z.string() }),
  z.strictObject({ kind: z.literal('set-by-provider') }),
  z.strictObject({ kind: z.literal('offline') }),
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

export const storedProfileSchema = z.strictObject({
  version: z.literal(1),
  /** RFC 3339: when the provider gave these values. */
  takenAt: z.iso.datetime(),
  user: section(user),
  contact: section(contact),
  avatar: section(avatar),
});
export type StoredProfile = z.infer<typeof storedProfileSchema>;
