import * as z from 'zod';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded') }),
  z.strictObject({ kind: z.literal('address'), address: z.string() }),
]);

const storedAccountSchema = z.strictObject({
  id: z.string(),
  provider: z.literal('reference'),
  target: targetSchema,
  /** The provider's own id of the person. */
  accountId: z.string(),
  providerName: z.string(),
  person: z.strictObject({ name: z.string(), email: z.string(), avatar: z.string().nullable() }),
  /** True once the person has signed out on purpose: then the cached profile is not shown either. */
  isSignedOut: z.boolean(),
  /** A deletion whose outcome nobody knows; absent once the account was seen again. */
  isDeletionUnclear: z.literal(true).optional(),
});

/** `connections` and `accountId` are what the file calls `accounts` and `personId`. */
export const accountsFileSchema = z.strictObject({
  version: z.literal(1),
  connections: z.array(storedAccountSchema),
  currentId: z.string().nullable(),
});

export const storedTokensSchema = z.strictObject({
  version: z.literal(1),
  accessToken: z.string(),
  accessTokenExpiresAt: z.number(),
  refreshToken: z.string(),
});

export const storedDeviceTokenSchema = z.strictObject({
  version: z.literal(1),
  deviceToken: z.string(),
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

export type AccountsFile = z.infer<typeof accountsFileSchema>;

export interface StoredAccount extends Omit<z.infer<typeof storedAccountSchema>, 'accountId'> {
  /** The provider's own id of the person: signing in again finds the same account by it. */
  readonly personId: string;
}

export interface StoredAccounts {
  readonly accounts: readonly StoredAccount[];
  readonly currentId: string | null;
}

export function fromFile({ connections, currentId }: AccountsFile): StoredAccounts {
  return { accounts: connections.map(({ accountId, ...rest }) => ({ ...rest, personId: accountId })), currentId };
}

export function toFile({ accounts, currentId }: StoredAccounts): AccountsFile {
  return {
    version: 1,
    connections: accounts.map(({ personId, ...rest }) => ({ ...rest, accountId: personId })),
    currentId,
  };
}
