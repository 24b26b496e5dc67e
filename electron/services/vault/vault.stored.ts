import * as z from 'zod';
import type { DocumentSpec } from './sealed-storage.ts';

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

/** Bounds keep a file that somebody else wrote from asking for all memory there is. */
const storedKdfSchema = z.strictObject({
  name: z.literal('argon2id'),
  memoryKiB: z.int().min(8_192).max(1_048_576),
  passes: z.int().min(1).max(32),
  lanes: z.int().min(1).max(16),
  /** 8 bytes at least: Argon2 takes no shorter one (RFC 9106, section 3.1). */
  salt: z
    .base64()
    .max(100)
    .refine((salt) => Buffer.from(salt, 'base64').length >= 8),
});
export type StoredKdf = z.infer<typeof storedKdfSchema>;

const storedPassphraseSlotSchema = z.strictObject({
  kdf: storedKdfSchema,
  /** Nonce, ciphertext and tag. */
  wrappedKey: z.base64().min(1).max(200),
  hint: z.string().max(1_000).nullable(),
});
export type StoredPassphraseSlot = z.infer<typeof storedPassphraseSlotSchema>;

/**
 * `vault-key.json` where a passphrase opens it, and its copy. One vault key, wrapped by each of what opens it: whatever
 * changes there, what is sealed under it stays as it is.
 */
export const storedSlotsSchema = z.strictObject({
  version: z.literal(2),
  /** Null where the passphrase alone opens it. */
  keyStore: storedVaultKeySchema.pick({ keyStore: true, wrappedKey: true }).nullable(),
  passphrase: storedPassphraseSlotSchema,
  createdAt: z.iso.datetime(),
  /** SHA-256 of the rest, in hex: a damaged file is told from a wrong passphrase. */
  check: z.string().length(64),
});
export type StoredSlots = z.infer<typeof storedSlotsSchema>;

/** `passphrase-tries.json`, in the clear: it says nothing of the passphrase. */
export const storedTriesSchema = z.strictObject({
  version: z.literal(2),
  wrong: z.int().min(0).max(1_000_000),
  /** Milliseconds since the computer was started, at the last of them. */
  lastSinceBoot: z.number().nonnegative(),
});
export type StoredTries = z.infer<typeof storedTriesSchema>;

/** As it was: by the clock on the wall, which whoever waits can set. */
export const storedTriesByClockSchema = z.strictObject({
  version: z.literal(1),
  wrong: storedTriesSchema.shape.wrong,
  lastAt: z.number(),
});

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

const storedChangesSchema = z.strictObject({
  version: z.literal(1),
  documents: z.array(
    z.strictObject({
      name: z.string(),
      what: z.string(),
      account: z.string(),
      version: z.int().positive(),
      /** Of the document once it is in its place: one of this generation or a later one stays. */
      generation: z.int().positive(),
      json: z.string(),
    }),
  ),
});
export type StoredChanges = z.infer<typeof storedChangesSchema>;

/** Documents written as one, until each of them is in its place: whatever stands in it counts as written. */
export const changesSpec = {
  name: 'changes.sealed',
  what: 'changes',
  account: 'app',
  version: 1,
  schema: storedChangesSchema,
} satisfies DocumentSpec<typeof storedChangesSchema>;
