import * as z from 'zod';
import type { AccountDocumentsSpec } from '../../vault/account-documents.ts';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const instant = z.iso.datetime();

const access = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('editable') }),
  z.strictObject({ kind: z.literal('needs-permission'), permission: z.string() }),
  z.strictObject({ kind: z.literal('set-by-provider') }),
  z.strictObject({ kind: z.literal('offline') }),
  z.strictObject({ kind: z.literal('hand-off'), page: z.string(), comesBack: z.boolean() }),
  z.strictObject({ kind: z.literal('not-offered') }),
]);

const usage = z.enum(['authentication', 'signing', 'both']);

const keyFacts = z.strictObject({
  id: z.string(),
  title: z.string(),
  publicLine: z.string(),
  type: z.string(),
  bits: z.int(),
  sha256: z.string(),
  md5: z.string(),
  addedAt: instant,
  lastUsedAt: instant.nullable(),
  verifiedAt: instant.nullable(),
  usage: usage.optional(),
  expiresAt: instant.optional(),
  revision: z.string(),
});

const storedSshKeysSchema = z.strictObject({
  version: z.literal(1),
  takenAt: instant,
  state: z.strictObject({
    access,
    canVerify: z.boolean(),
    proofPage: z.string().optional(),
    /** Older files are of services that rename. */
    canRename: z.boolean().default(true),
    canReplace: z.literal(true).optional(),
    usages: z.array(usage).optional(),
    hasListPerUsage: z.literal(true).optional(),
    canExpire: z.literal(true).optional(),
    limit: z.int().nullable(),
    keys: z.array(keyFacts),
  }),
});

export const sshKeysSpec = {
  prefix: 'identity-keys',
  what: 'keys',
  version: 1,
  schema: storedSshKeysSchema,
} satisfies AccountDocumentsSpec<typeof storedSshKeysSchema>;

/** Private halves that the person chose to keep (K5), by SHA-256 fingerprint. Bytes in Base64. */
const storedPrivateHalvesSchema = z.strictObject({
  version: z.literal(1),
  keys: z.array(
    z.strictObject({
      sha256: z.string(),
      type: z.string(),
      bits: z.int(),
      blob: z.base64(),
      comment: z.string(),
      agentForm: z.base64(),
    }),
  ),
});

export const privateHalvesSpec = {
  prefix: 'identity-private',
  what: 'keys',
  version: 1,
  schema: storedPrivateHalvesSchema,
} satisfies AccountDocumentsSpec<typeof storedPrivateHalvesSchema>;
