import * as z from 'zod';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded') }),
  z.strictObject({ kind: z.literal('address'), address: z.string() }),
]);

const storedConnectionSchema = z.strictObject({
  id: z.string(),
  provider: z.literal('reference'),
  target: targetSchema,
  /** The provider's own id of the person: signing in again finds the same connection by it. */
  accountId: z.string(),
  providerName: z.string(),
  person: z.strictObject({ name: z.string(), email: z.string(), avatar: z.string().nullable() }),
  /** True once the person has signed out on purpose: then the cached profile is not shown either. */
  isSignedOut: z.boolean(),
  /** A deletion whose outcome nobody knows; absent once the account was seen again. */
  isDeletionUnclear: z.literal(true).optional(),
});

export const storedConnectionsSchema = z.strictObject({
  version: z.literal(1),
  connections: z.array(storedConnectionSchema),
  currentId: z.string().nullable(),
});

export const storedTokensSchema = z.strictObject({
  version: z.literal(1),
  accessToken: z.string(),
  accessTokenExpiresAt: z.number(),
  refreshToken: z.string(),
});

export const storedEmbeddedSchema = z.strictObject({
  version: z.literal(1),
  /** Null once the person has chosen another one. */
  demoPassword: z.string().nullable(),
});

/** The key of the embedded provider's data: 32 bytes. */
export const storedEmbeddedKeySchema = z.strictObject({
  version: z.literal(1),
  dataKey: z.base64().length(44),
});

export type StoredConnection = z.infer<typeof storedConnectionSchema>;
export type StoredConnections = z.infer<typeof storedConnectionsSchema>;
