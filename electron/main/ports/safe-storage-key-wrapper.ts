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

  async function status(): Promise<KeyStoreStatus> {
    try {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return { available: false, cause: 'not available' };
      return judge(await safeStorage.encryptStringAsync('probe'));
    } catch (error) {
      return { available: false, cause: error instanceof Error ? error.message : 'unknown' };
    }
  }

  return {
    status,
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
        throw new AppError('key-store-unavailable', { reason: 'key-store-locked' }, new Error(now.cause));
      // We never keep one under the fixed password, so somebody put it there to choose the key.
      const origin = judge(wrapped);
      if (!origin.available)
        throw new AppError('key-store-unavailable', { reason: 'key-store-changed' }, new Error(origin.cause));
      try {
        const { result } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
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
  if (prefix !== 'v11') return { available: false, cause: `encrypted without a key store (${JSON.stringify(prefix)})` };
  const isKWallet = safeStorage.getSelectedStorageBackend().startsWith('kwallet');
  return { available: true, name: isKWallet ? 'KWallet' : 'Secret Service' };
}
