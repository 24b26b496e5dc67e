import * as z from 'zod';

// What lies on disk. Strict, and not shared with the contract.

/** `vault-key.json`: the vault key, readable only through the operating system's key store. */
export const storedVaultKeySchema = z.strictObject({
  version: z.literal(1),
  /** The key store's name when it wrapped the key, e.g. "Secret Service". */
  keyStore: z.string().min(1).max(100),
  wrappedKey: z.base64().min(1).max(10_000),
  createdAt: z.iso.datetime(),
});
export type StoredVaultKey = z.infer<typeof storedVaultKeySchema>;

/** Enough of any version to see that a later app wrote it. */
export const storedVersionSchema = z.looseObject({ version: z.number().int() });

/**
 * kept: a file of this generation or a later one must be there.
 * lost: it was damaged, older or gone, and the person has been told; a good file may come back.
 * removed: deleted on purpose; a file of this generation or an earlier one is deleted again.
 */
const storedLedgerEntrySchema = z.strictObject({
  state: z.enum(['kept', 'lost', 'removed']),
  generation: z.number().int().positive(),
});
export type LedgerEntry = z.infer<typeof storedLedgerEntrySchema>;

/** `ledger.sealed`: the newest acknowledged generation of each document, by file name. */
export const storedLedgerSchema = z.strictObject({
  version: z.literal(1),
  documents: z.record(z.string(), storedLedgerEntrySchema),
});
export type StoredLedger = z.infer<typeof storedLedgerSchema>;
