import * as z from 'zod';
import { KeyFailure, readPair, sha256Fingerprint } from '../../../../../ssh-keys/index.ts';
import { createAccountDocuments } from '../../../vault/account-documents.ts';
import type { PortablePart } from '../../../resources/portable-part.ts';
import type { SealedStorage } from '../../../vault/sealed-storage.ts';
import { privateHalvesSpec } from '../ssh-keys.stored.ts';

const partsSchema = z.strictObject({
  sha256: z.string().max(60),
  blob: z.base64().max(8_000),
  comment: z.string().max(10_000),
  agentForm: z.base64().max(30_000),
});
type KeyParts = z.infer<typeof partsSchema>;
const recordSchema = partsSchema.refine(isPair, 'no pair');

/** Private halves that are kept in the vault (K5): alike by fingerprint, so nothing here is ever replaced. */
export function createPortablePrivateKeys(storage: SealedStorage): PortablePart<KeyParts> {
  const halves = createAccountDocuments(storage, privateHalvesSpec);
  const keysOf = async (accountId: string) => (await halves.read(accountId))?.keys ?? [];
  return {
    name: 'privateKeys',
    schema: recordSchema,
    keyOf: ({ sha256 }) => sha256,
    count: async (accountId) => (await keysOf(accountId)).length,
    async *records(accountId) {
      for (const { sha256, blob, comment, agentForm } of await keysOf(accountId))
        yield { sha256, blob, comment, agentForm };
    },
    async compare(accountId) {
      const kept = new Set((await keysOf(accountId)).map(({ sha256 }) => sha256));
      return { of: ({ sha256 }) => ({ kind: kept.has(sha256) ? 'same' : 'fresh' }) };
    },
    gather(accountId) {
      const taken = new Map<string, KeyParts>();
      return {
        take: (record) => void taken.set(record.sha256, record),
        async changes(given) {
          if (taken.size === 0) return [];
          const documents = createAccountDocuments(given, privateHalvesSpec);
          const before = (await documents.read(accountId))?.keys ?? [];
          const kept = new Set(before.map(({ sha256 }) => sha256));
          const added = [...taken.values()].filter(({ sha256 }) => !kept.has(sha256)).map(toStored);
          return [documents.change(accountId, { version: 1, keys: [...before, ...added] })];
        },
      };
    },
  };
}

/** Whoever wrote the file may have put another private half beside a public one, or something else altogether. */
function isPair(parts: KeyParts): boolean {
  try {
    return sha256Fingerprint(publicKeyOf(parts)) === parts.sha256;
  } catch (error) {
    if (error instanceof KeyFailure) return false;
    throw error;
  }
}

function toStored(parts: KeyParts) {
  const { type, bits, blob } = publicKeyOf(parts);
  const { sha256, comment, agentForm } = parts;
  return { sha256, type, bits, blob: Buffer.from(blob).toString('base64'), comment, agentForm };
}

/** Leaves no copy of the private half. Errors: KeyFailure. */
function publicKeyOf({ blob, agentForm, comment }: KeyParts) {
  const bytes = Buffer.from(agentForm, 'base64');
  try {
    const pair = readPair({ blob: Buffer.from(blob, 'base64'), agentForm: bytes }, comment);
    pair.agentForm.fill(0);
    return pair.publicKey;
  } finally {
    bytes.fill(0);
  }
}
