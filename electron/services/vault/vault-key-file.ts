import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { FileStore, KeyWrapper, Log } from '../ports.ts';
import type { Notices } from './notices.ts';
import {
  storedSlotsSchema,
  storedVaultKeySchema,
  storedVersionSchema,
  type StoredPassphraseSlot,
  type StoredSlots,
  type StoredVaultKey,
} from './vault.stored.ts';

export const vaultKeyFile = 'vault-key.json';

/**
 * The same again, where a passphrase opens it: all hangs on this one file, and no key store keeps another. Written once
 * the file itself is on the disk and was read back, so that one of the two is whole at any moment.
 */
export const vaultKeyCopy = 'vault-key-copy.json';

/** Bytes of the vault key. */
export const vaultKeyLength = 32;

/** The vault key as it lies on the disk: wrapped by the key store, under a passphrase, or by either. */
export interface WrappedVaultKey {
  readonly keyStore: Pick<StoredVaultKey, 'keyStore' | 'wrappedKey'> | null;
  readonly passphrase: StoredPassphraseSlot | null;
  readonly createdAt: string;
}

export interface VaultKeyFileDeps {
  readonly files: FileStore;
  readonly notices: Notices;
  readonly log: Log;
}

type CopyDeps = Pick<VaultKeyFileDeps, 'files' | 'log'>;

type Judged =
  | { readonly kind: 'whole'; readonly wrapped: WrappedVaultKey; readonly isLater?: boolean }
  | { readonly kind: 'missing' | 'damaged' | 'later' };

/**
 * What the wrapped key's file holds, or undefined if there is none. A damaged one is set aside, and its copy takes its
 * place where there is one. One of a later version is left as it is; if it holds what ours does it is tried, and the
 * key store tells whether it is ours. Errors: AppError storage-fault, also for a later one in another form.
 */
export async function readVaultKeyFile(deps: VaultKeyFileDeps): Promise<WrappedVaultKey | undefined> {
  const { files, notices } = deps;
  const judged = judge(await files.read(vaultKeyFile));
  if (judged.kind === 'whole') {
    if (judged.isLater) notices.addLater('secrets', vaultKeyFile, { isInTheWay: false });
    else await tolerate(deps, () => alignCopy(files, judged.wrapped));
    return judged.wrapped;
  }
  if (judged.kind === 'later') {
    notices.addLater('secrets', vaultKeyFile, { isInTheWay: true });
    throw new AppError('storage-fault');
  }
  if (judged.kind === 'damaged') await notices.setAside('damaged-file-set-aside', 'secrets', vaultKeyFile);
  return restoreFromCopy(deps, judged.kind);
}

/** What opens the vault by its file, if that is readable; changes nothing. */
export async function peekVaultKeyFile(files: FileStore): Promise<WrappedVaultKey | undefined> {
  for (const name of [vaultKeyFile, vaultKeyCopy]) {
    const judged = judge(await files.read(name).catch(() => undefined));
    if (judged.kind === 'whole') return judged.wrapped;
  }
  return undefined;
}

/**
 * Durable, and read back, once resolved. After an error the former one is in force. Errors: AppError storage-fault.
 * A copy that cannot be written is none from then on: the former one would open the vault by the former passphrase.
 */
export async function writeVaultKeyFile(deps: CopyDeps, wrapped: WrappedVaultKey): Promise<void> {
  const { files } = deps;
  const content = toFile(wrapped);
  const former = await files.read(vaultKeyFile);
  try {
    await files.write(vaultKeyFile, content);
    const found = await files.read(vaultKeyFile);
    if (!found || !content.equals(found))
      throw new AppError('storage-fault', {}, new Error('what was written does not read back'));
  } catch (error) {
    if (former) await tolerate(deps, () => files.write(vaultKeyFile, former));
    throw error;
  }
  await tolerate(deps, () =>
    alignCopy(files, wrapped).catch(async (error: unknown) => {
      await files.remove(vaultKeyCopy);
      throw error;
    }),
  );
}

/** The person goes on without what is sealed: nothing is deleted. Errors: AppError storage-fault. */
export async function setVaultKeyAside({ files, notices }: VaultKeyFileDeps): Promise<void> {
  // The copy first: alone it would be put back.
  if (await files.read(vaultKeyCopy)) await files.setAside(vaultKeyCopy);
  if (await files.read(vaultKeyFile)) await notices.setAside('later-file-set-aside', 'secrets', vaultKeyFile);
}

/** Errors: AppError key-store-unavailable (key-store-locked, key-store-changed). */
export async function unwrapVaultKey(keyWrapper: KeyWrapper, wrappedKey: string): Promise<Uint8Array> {
  const key = await keyWrapper.unwrap(Buffer.from(wrappedKey, 'base64'));
  if (key.length !== vaultKeyLength) throw new AppError('key-store-unavailable', { reason: 'key-store-changed' });
  return key;
}

async function restoreFromCopy(deps: VaultKeyFileDeps, what: 'missing' | 'damaged') {
  const { files, notices } = deps;
  const copy = judge(await files.read(vaultKeyCopy));
  if (copy.kind === 'damaged') await notices.setAside('damaged-file-set-aside', 'secrets', vaultKeyCopy);
  if (copy.kind !== 'whole') return undefined;
  if (what === 'missing') notices.addMissing('secrets', vaultKeyFile);
  await tolerate(deps, () => files.write(vaultKeyFile, toFile(copy.wrapped)));
  return copy.wrapped;
}

/** One that a crash left behind would open the vault by the former passphrase. */
async function alignCopy(files: FileStore, wrapped: WrappedVaultKey): Promise<void> {
  const copy = await files.read(vaultKeyCopy);
  if (!wrapped.passphrase) return copy && files.remove(vaultKeyCopy);
  const content = toFile(wrapped);
  if (!copy || !content.equals(copy)) await files.write(vaultKeyCopy, content);
}

/** On a full disk what opened stays open. */
async function tolerate({ log }: CopyDeps, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => log.error('the two files of the vault key differ', error));
}

function judge(file: Uint8Array | undefined): Judged {
  if (!file) return { kind: 'missing' };
  const json = parseJson(file);
  const slots = storedSlotsSchema.safeParse(json);
  if (slots.success) return judgeSlots(slots.data, file);
  const stored = storedVaultKeySchema.safeParse(json);
  if (stored.success) return { kind: 'whole', wrapped: fromFirstVersion(stored.data) };
  const version = storedVersionSchema.safeParse(json);
  if (!version.success || version.data.version < 2) return { kind: 'damaged' };
  const asOurs = storedVaultKeySchema.safeParse({ ...version.data, version: 1 });
  // A second version has a passphrase.
  if (asOurs.success) return { kind: 'whole', wrapped: fromFirstVersion(asOurs.data), isLater: true };
  return { kind: version.data.version > 2 ? 'later' : 'damaged' };
}

/** Whole to the last byte, spaces too. */
function judgeSlots({ keyStore, passphrase, createdAt }: StoredSlots, file: Uint8Array): Judged {
  const wrapped = { keyStore, passphrase, createdAt };
  return toFile(wrapped).equals(file) ? { kind: 'whole', wrapped } : { kind: 'damaged' };
}

function fromFirstVersion({ keyStore, wrappedKey, createdAt }: StoredVaultKey): WrappedVaultKey {
  return { keyStore: { keyStore, wrappedKey }, passphrase: null, createdAt };
}

/** Without a passphrase the first version says all, and an earlier app reads it. */
function toFile({ keyStore, passphrase, createdAt }: WrappedVaultKey): Buffer {
  if (passphrase) return toBytes(withCheck({ version: 2, keyStore, passphrase, createdAt }));
  if (!keyStore) throw new Error('nothing would open it');
  return toBytes({ version: 1, ...keyStore, createdAt });
}

/** In the order of the schema, which is that of what is read. */
function withCheck(stored: Omit<StoredSlots, 'check'>): StoredSlots {
  const rest = storedSlotsSchema.omit({ check: true }).parse(stored);
  return { ...rest, check: createHash('sha256').update(JSON.stringify(rest)).digest('hex') };
}

function toBytes(stored: StoredVaultKey | StoredSlots): Buffer {
  return Buffer.from(`${JSON.stringify(stored, null, 2)}\n`);
}

function parseJson(file: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(file).toString());
  } catch {
    return undefined;
  }
}
