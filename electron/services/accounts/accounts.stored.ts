import * as z from 'zod';
import { providerKinds } from '../../../shared/rules/provider-kinds.ts';
import type { AccountDocumentsSpec } from '../vault/account-documents.ts';
import type { DocumentSpec } from '../vault/sealed-storage.ts';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded') }),
  z.strictObject({ kind: z.literal('address'), address: z.string() }),
]);

const common = {
  id: z.string(),
  target: targetSchema,
  providerName: z.string(),
  person: z.strictObject({ name: z.string(), email: z.string(), avatar: z.string().nullable() }),
  /** True once the person has signed out on purpose: then the cached profile is not shown either. */
  isSignedOut: z.boolean(),
  /** A deletion whose outcome nobody knows; absent once the account was seen again. */
  isDeletionUnclear: z.literal(true).optional(),
};

const accountOfVersionOne = z.strictObject({ ...common, provider: z.literal('reference'), accountId: z.string() });

const storedAccountSchema = z.strictObject({
  ...common,
  /** The kind of provider. Once a version of the app is out, a new kind is a new version of the file. */
  kind: z.enum(providerKinds),
  /** The provider's own id of the person: signing in again finds the same account by it. */
  personId: z.string(),
  /** Of this app at that service, where the way in asks for one. */
  clientId: z.string().optional(),
  /** Signed in to with a token that the person pasted. */
  isPasted: z.literal(true).optional(),
  /** What the app was given under its client id has no end, and nothing renews it. */
  isLasting: z.literal(true).optional(),
  /** Came out of a file, and nobody has signed in since: the app was not allowed to talk to its service yet. */
  isImported: z.literal(true).optional(),
  /** Of a pasted token, RFC 3339 in UTC. */
  tokenEndsAt: z.iso.datetime().optional(),
});

const versionOne = z.strictObject({
  version: z.literal(1),
  connections: z.array(accountOfVersionOne),
  currentId: z.string().nullable(),
});

const versionTwo = z.strictObject({
  version: z.literal(2),
  accounts: z.array(storedAccountSchema),
  currentId: z.string().nullable(),
});

const accountsFileSchema = z.discriminatedUnion('version', [versionOne, versionTwo]);

export const accountsSpec = {
  name: 'connections.sealed',
  what: 'connections',
  account: 'app',
  version: 2,
  schema: accountsFileSchema,
} satisfies DocumentSpec<typeof accountsFileSchema>;

const storedDeviceTokenSchema = z.strictObject({
  version: z.literal(1),
  deviceToken: z.string(),
});

export const deviceTokenSpec = {
  prefix: 'device',
  what: 'secrets',
  version: 1,
  schema: storedDeviceTokenSchema,
} satisfies AccountDocumentsSpec<typeof storedDeviceTokenSchema>;

const storedEmbeddedSchema = z.strictObject({
  version: z.literal(1),
  /** Null once the person has chosen another one. */
  demoPassword: z.string().nullable(),
});

export const embeddedSpec = {
  name: 'embedded.sealed',
  what: 'secrets',
  account: 'app',
  version: 1,
  schema: storedEmbeddedSchema,
} satisfies DocumentSpec<typeof storedEmbeddedSchema>;

/** The key of the embedded provider's data: 32 bytes. */
const storedEmbeddedKeySchema = z.strictObject({
  version: z.literal(1),
  dataKey: z.base64().length(44),
});

export const embeddedKeySpec = {
  name: 'embedded-key.sealed',
  what: 'secrets',
  account: 'app',
  version: 1,
  schema: storedEmbeddedKeySchema,
} satisfies DocumentSpec<typeof storedEmbeddedKeySchema>;

export type AccountsFile = z.infer<typeof accountsFileSchema>;
export type StoredAccount = Readonly<z.infer<typeof storedAccountSchema>>;

export interface StoredAccounts {
  readonly accounts: readonly StoredAccount[];
  readonly currentId: string | null;
}

export function fromFile(file: AccountsFile): StoredAccounts {
  const { currentId } = file;
  if (file.version === 2) return { accounts: file.accounts, currentId };
  return {
    accounts: file.connections.map(({ provider: kind, accountId: personId, ...rest }) => ({ ...rest, kind, personId })),
    currentId,
  };
}

export function toFile({ accounts, currentId }: StoredAccounts): AccountsFile {
  return { version: 2, accounts: [...accounts], currentId };
}
