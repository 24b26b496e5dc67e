import { AppError } from '../../../shared/contract/errors.ts';
import type { FileStore, KeyWrapper } from '../ports.ts';
import type { Notices } from './notices.ts';
import { storedVaultKeySchema, storedVersionSchema, type StoredVaultKey } from './vault.stored.ts';

export const vaultKeyFile = 'vault-key.json';

/** Bytes of the vault key. */
export const vaultKeyLength = 32;

/**
 * What the wrapped key's file holds, or undefined if there is none. A damaged one is set aside.
 * One of a later version is left as it is; if it holds what ours does it is tried, and the key store tells whether it
 * is ours. Errors: AppError storage-fault, also for a later one in another form.
 */
export async function readVaultKeyFile(files: FileStore, notices: Notices): Promise<StoredVaultKey | undefined> {
  const file = await files.read(vaultKeyFile);
  if (!file) return undefined;
  const json = parseJson(file);
  const stored = storedVaultKeySchema.safeParse(json);
  if (stored.success) return stored.data;
  const version = storedVersionSchema.safeParse(json);
  if (version.success && version.data.version > 1) {
    const asOurs = storedVaultKeySchema.safeParse({ ...version.data, version: 1 });
    notices.addLater('secrets', vaultKeyFile, { isInTheWay: !asOurs.success });
    if (asOurs.success) return asOurs.data;
    throw new AppError('storage-fault');
  }
  await notices.setAside('damaged-file-set-aside', 'secrets', vaultKeyFile);
  return undefined;
}

/** Name of the key store that wrapped the key, if there is a readable key file; changes nothing. */
export async function peekKeyStore(files: FileStore): Promise<string | null> {
  const file = await files.read(vaultKeyFile).catch(() => undefined);
  const stored = storedVaultKeySchema.safeParse(file && parseJson(file));
  return stored.success ? stored.data.keyStore : null;
}

export async function writeVaultKeyFile(files: FileStore, stored: StoredVaultKey): Promise<void> {
  await files.write(vaultKeyFile, Buffer.from(`${JSON.stringify(stored, null, 2)}\n`));
}

/** Errors: AppError key-store-unavailable (key-store-locked, key-store-changed). */
export async function unwrapVaultKey(keyWrapper: KeyWrapper, stored: StoredVaultKey): Promise<Uint8Array> {
  const key = await keyWrapper.unwrap(Buffer.from(stored.wrappedKey, 'base64'));
  if (key.length !== vaultKeyLength) throw new AppError('key-store-unavailable', { reason: 'key-store-changed' });
  return key;
}

function parseJson(file: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(file).toString());
  } catch {
    return undefined;
  }
}
