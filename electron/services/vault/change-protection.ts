import { AppError } from '../../../shared/contract/errors.ts';
import type { ProtectionWish } from '../../../shared/contract/vault.ts';
import type { NewPassphrase } from '../../../shared/passphrase.ts';
import type { KeyStoreStatus, KeyWrapper } from '../ports.ts';
import type { DeriveKey } from './passphrase/derive-key.ts';
import { openSlot, sealSlot } from './passphrase/passphrase-slot.ts';
import type { StoredPassphraseSlot } from './vault.stored.ts';
import { unwrapVaultKey, type WrappedVaultKey } from './vault-key-file.ts';

/** A refusal that leads to keeping nothing, not to a failure. */
export class NoKeyStore extends AppError {
  readonly status: Extract<KeyStoreStatus, { available: false }>;

  constructor(status: NoKeyStore['status'], cause: unknown) {
    const said = cause instanceof AppError ? cause.details : {};
    super('key-store-unavailable', status.restartHelps ? { reason: 'key-store-needs-restart' } : said, cause);
    this.status = status;
  }
}

/** By the key store. Errors: NoKeyStore; what is no answer of a key store as it is. */
export async function wrapByKeyStore(keyWrapper: KeyWrapper, key: Uint8Array): Promise<WrappedVaultKey['keyStore']> {
  const status = await keyWrapper.status();
  if (!status.available) throw new NoKeyStore(status, new Error(status.cause));
  try {
    return { keyStore: status.name, wrappedKey: Buffer.from(await keyWrapper.wrap(key)).toString('base64') };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'key-store-unavailable') throw error;
    throw new NoKeyStore({ available: false, cause: error.message }, error);
  }
}

/**
 * The same vault key wrapped by what is wished, each of it opened again before it counts. Errors: AppError
 * key-store-unavailable, invalid-request, internal; nothing has changed then.
 */
export async function wrapAs(
  { keyStore, passphrase }: ProtectionWish,
  key: Uint8Array,
  former: WrappedVaultKey,
  { keyWrapper, deriveKey }: { keyWrapper: KeyWrapper; deriveKey: DeriveKey },
): Promise<WrappedVaultKey> {
  const wrapped: WrappedVaultKey = {
    createdAt: former.createdAt,
    keyStore: keyStore ? await wrapByKeyStore(keyWrapper, key) : null,
    passphrase:
      passphrase.kind === 'new'
        ? await sealAndOpen(key, passphrase, deriveKey)
        : passphrase.kind === 'keep'
          ? former.passphrase
          : null,
  };
  if (!wrapped.keyStore && !wrapped.passphrase) throw new AppError('invalid-request');
  if (wrapped.keyStore) expectSame(key, await unwrapVaultKey(keyWrapper, wrapped.keyStore.wrappedKey));
  return wrapped;
}

/** Under a passphrase, and opened again by it: what does not open is not written. Errors: AppError internal. */
export async function sealAndOpen(
  key: Uint8Array,
  passphrase: NewPassphrase,
  deriveKey: DeriveKey,
): Promise<StoredPassphraseSlot> {
  const slot = await sealSlot(key, passphrase, deriveKey);
  expectSame(key, await openSlot(slot, passphrase.text, deriveKey));
  return slot;
}

function expectSame(key: Uint8Array, opened: Uint8Array | undefined): void {
  const isSame = opened !== undefined && Buffer.from(opened).equals(key);
  opened?.fill(0);
  if (!isSame) throw new AppError('internal', {}, new Error('what was wrapped opens to another key'));
}
