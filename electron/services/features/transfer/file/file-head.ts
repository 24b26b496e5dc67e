import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { storedSlotsSchema, type StoredKdf } from '../../../vault/vault.stored.ts';
import type { DeriveKey } from '../../../vault/passphrase/derive-key.ts';
import { transferHeadBytes } from '../../../../../shared/contract/transfer.ts';
import { FileProblem } from './file-problem.ts';

// The first line of an export (docs/transfer-format.md): in the clear, so that a file of a later version, a damaged one
// and a wrong passphrase are told apart before anything is opened.

const formatName = 'profile-desk-transfer';
/** What each file of any version begins with. */
const magic = `{"format":"${formatName}","version":`;
const formatVersion = 1;
/** Plaintext of a chunk, bytes. */
export const chunkBytes = 65_536;
/** Of AES-GCM, bytes. */
export const tagBytes = 16;
/** Bytes of what only the passphrase gives. */
const passphraseCheckBytes = 32;

/**
 * Four times what this app asks for, and ten times its work: whoever wrote the file may want this computer to stand
 * still.
 */
const maxMemoryKiB = 262_144;
const maxWorkKiB = 2_097_152;

// Within the bounds of the vault's own, which nobody else writes.
const kdfSchema = storedSlotsSchema.shape.passphrase.shape.kdf.refine(
  ({ memoryKiB, passes }) => memoryKiB <= maxMemoryKiB && memoryKiB * passes <= maxWorkKiB,
);

const headSchema = z.strictObject({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  kdf: kdfSchema,
  cipher: z.strictObject({ name: z.literal('aes-256-gcm'), chunkBytes: z.literal(chunkBytes) }),
  /** 32 bytes that only the passphrase gives: a wrong one is told from a damaged file. */
  passphraseCheck: z.base64().refine((text) => Buffer.from(text, 'base64').length === passphraseCheckBytes),
  /** SHA-256 of the line without this, in hex: damage here is told from a wrong passphrase. */
  check: z.string().length(64),
});
type Head = z.infer<typeof headSchema>;

export interface FileHead {
  readonly kdf: StoredKdf;
  readonly passphraseCheck: Buffer;
  /** The line as it stands there, without its end: authenticated with each chunk. */
  readonly line: Buffer;
}

export interface FileKey {
  /** Of the content, 32 bytes; overwrite it with zeros after use. */
  readonly key: Buffer;
  readonly passphraseCheck: Buffer;
}

/** Errors: AppError internal. */
export async function deriveFileKey(passphrase: string, kdf: StoredKdf, deriveKey: DeriveKey): Promise<FileKey> {
  const derived = await deriveKey(passphrase, kdf);
  const part = (what: string): Buffer =>
    Buffer.from(hkdfSync('sha256', derived, Buffer.alloc(0), `profile-desk transfer 1: ${what}`, 32));
  try {
    return { key: part('content'), passphraseCheck: part('passphrase') };
  } finally {
    derived.fill(0);
  }
}

export function makeHead(kdf: StoredKdf, passphraseCheck: Buffer): Buffer {
  const head: Omit<Head, 'check'> = {
    format: formatName,
    version: formatVersion,
    kdf,
    cipher: { name: 'aes-256-gcm', chunkBytes },
    passphraseCheck: passphraseCheck.toString('base64'),
  };
  return Buffer.from(JSON.stringify({ ...head, check: checkOf(head) }));
}

/** From the first bytes of a file, as many as `transferHeadBytes` where there are so many. Errors: FileProblem. */
export function readHead(start: Buffer): FileHead {
  const text = start.subarray(0, transferHeadBytes).toString('latin1');
  if (!text.startsWith(magic))
    throw new FileProblem(text !== '' && magic.startsWith(text) ? 'cut-short' : kindOf(text));
  const end = text.indexOf('\n');
  if (end === -1) throw new FileProblem(start.length < transferHeadBytes ? 'cut-short' : 'damaged');
  const line = start.subarray(0, end);
  const parsed = parse(line.toString('utf8'));
  const { version } = z.looseObject({ version: z.int() }).safeParse(parsed).data ?? {};
  if (version !== undefined && version > formatVersion && version <= maxVersion)
    throw new FileProblem('newer-version', version);
  const { data: head } = headSchema.safeParse(parsed);
  if (!head) throw new FileProblem('damaged');
  const { check, ...rest } = head;
  if (check !== checkOf(rest)) throw new FileProblem('damaged');
  return { kdf: head.kdf, passphraseCheck: Buffer.from(head.passphraseCheck, 'base64'), line: Buffer.from(line) };
}

export function isPassphraseOf({ passphraseCheck }: FileHead, found: FileKey): boolean {
  return timingSafeEqual(passphraseCheck, found.passphraseCheck);
}

/** Beyond it the number itself is damaged. */
const maxVersion = 1_000;

/** The copy to take along before an account is deleted (E10) is opened in another way. */
function kindOf(text: string): 'not-an-export' | 'copy-of-account' {
  return text.startsWith('{"format":"profile-desk-export"') ? 'copy-of-account' : 'not-an-export';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkOf(head: Omit<Head, 'check'>): string {
  return createHash('sha256').update(JSON.stringify(head)).digest('hex');
}
