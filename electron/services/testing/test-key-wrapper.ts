import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { KeyWrapper } from '../ports.ts';

export interface TestKeyWrapper extends KeyWrapper {
  /** What the key store does from now on: answer, keep its entries locked away, or not be there. */
  is: 'open' | 'locked' | 'absent';
  /** How often it was asked anything. */
  readonly asked: number;
}

/** A key store in memory that really encrypts; two of them cannot open each other's keys. */
export function createTestKeyWrapper(name = 'Test Keys'): TestKeyWrapper {
  const kek = randomBytes(32);
  let asked = 0;
  const wrapper: TestKeyWrapper = {
    is: 'open',
    get asked() {
      return asked;
    },
    status() {
      asked += 1;
      return Promise.resolve(
        wrapper.is === 'absent' ? { available: false, cause: 'absent' } : { available: true, name },
      );
    },
    async wrap(key) {
      ask();
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', kek, nonce);
      return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    },
    async unwrap(wrapped) {
      ask();
      try {
        const decipher = createDecipheriv('aes-256-gcm', kek, wrapped.subarray(0, 12));
        decipher.setAuthTag(wrapped.subarray(-16));
        return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
      } catch {
        throw new AppError('key-store-unavailable', { reason: 'key-store-changed' });
      }
    },
  };
  return wrapper;

  function ask(): void {
    asked += 1;
    if (wrapper.is !== 'open') throw new AppError('key-store-unavailable', { reason: 'key-store-locked' });
  }
}
