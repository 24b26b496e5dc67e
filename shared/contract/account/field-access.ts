import * as z from 'zod';

/** What this person may do with one field, or by one operation, and if not, why (X6). */
export const fieldAccessSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('editable'),
    /** After a fresh proof (E12) only. */ needsReauth: z.literal(true).optional(),
    /** What stops working by it, without being asked for: to be said before. */
    alsoVoids: z.literal('recovery-codes').optional(),
  }),
  /** Shown, but a permission is missing; named in the provider's own words. */
  z.strictObject({ kind: z.literal('needs-permission'), permission: z.string().max(200) }),
  /** Shown, but this provider never lets a person change it. */
  z.strictObject({ kind: z.literal('set-by-provider') }),
  /** Shown from the cache; can be changed again with a connection. */
  z.strictObject({ kind: z.literal('offline') }),
  /** Only a page of the service itself can do it (R1): `handOff.begin` opens it. */
  z.strictObject({
    kind: z.literal('hand-off'),
    /** Whose page it is: host, and port where it has one. */
    page: z.string().max(300),
    /** Whether the page sends the browser back, so that its end is noticed by itself. */
    comesBack: z.boolean(),
  }),
  /** This provider has no such field. */
  z.strictObject({ kind: z.literal('not-offered') }),
]);
export type FieldAccess = z.infer<typeof fieldAccessSchema>;
