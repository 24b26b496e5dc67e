import type { SafeStorage } from 'electron';
import { AppError } from '../../../shared/contract/errors.ts';
import type { KeyStoreStatus, KeyWrapper } from '../../services/ports.ts';

type AsyncSafeStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/**
 * Chromium on Linux says "available" even when it encrypts with a password that is in its source. What it really
 * used stands in the first three bytes (os_crypt): v10 that password, v11 Secret Service or KWallet, v12 the portal.
 */
const linuxPrefixLength = 3;

/** The operating system's key store by Electron's safeStorage: its async calls only, and only when something asks. */
export function createSafeStorageKeyWrapper(safeStorage: AsyncSafeStorage, platform: NodeJS.Platform): KeyWrapper {
  function judge(encrypted: Uint8Array): KeyStoreStatus {
    if (platform === 'darwin') return { available: true, name: 'Keychain' };
    if (platform === 'win32') return { available: true, name: 'Windows Data Protection' };
    return judgeLinux(encrypted, safeStorage);
  }

  /** Electron asks the system once; a locked store, or a question that was called off, counts until the app ends. */
  async function status(): Promise<KeyStoreStatus> {
    try {
      if (!(await safeStorage.isAsyncEncryptionAvailable()))
        return { available: false, cause: 'not available', restartHelps: true };
      return judge(await safeStorage.encryptStringAsync('probe'));
    } catch (error) {
      return { available: false, cause: error instanceof Error ? error.message : 'unknown', restartHelps: true };
    }
  }

  let wantsRewrap = false;
  return {
    status,
    get wantsRewrap() {
      return wantsRewrap;
    },
    async wrap(key) {
      const encrypted = await safeStorage
        .encryptStringAsync(Buffer.from(key).toString('base64'))
        .catch((cause: unknown) => {
          throw new AppError('key-store-unavailable', {}, cause);
        });
      const judged = judge(encrypted);
      if (!judged.available) throw new AppError('key-store-unavailable', {}, new Error(judged.cause));
      return encrypted;
    },
    async unwrap(wrapped) {
      const now = await status();
      if (!now.available)
        throw new AppError('key-store-unavailable', { reason: 'key-store-needs-restart' }, new Error(now.cause));
      // We never keep one under the fixed password, so somebody put it there to choose the key.
      const origin = judge(wrapped);
      if (!origin.available)
        throw new AppError('key-store-unavailable', { reason: 'key-store-changed' }, new Error(origin.cause));
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
        wantsRewrap = shouldReEncrypt;
        return Buffer.from(result, 'base64');
      } catch (cause) {
        throw new AppError('key-store-unavailable', { reason: 'key-store-changed' }, cause);
      }
    },
  };
}

function judgeLinux(encrypted: Uint8Array, safeStorage: AsyncSafeStorage): KeyStoreStatus {
  const prefix = Buffer.from(encrypted.subarray(0, linuxPrefixLength)).toString('latin1');
  if (prefix === 'v12') return { available: true, name: 'Desktop portal' };
  const backend = safeStorage.getSelectedStorageBackend();
  if (prefix !== 'v11') {
    const cause = `encrypted without a key store (${JSON.stringify(prefix)})`;
    // A desktop that should have one: it is locked, its question was called off, or it does not run.
    return { available: false, cause, restartHelps: backend !== 'basic_text' };
  }
  const isKWallet = backend.startsWith('kwallet');
  return { available: true, name: isKWallet ? 'KWallet' : 'Secret Service' };
}
