import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../shared/contract/errors.ts';
import type { KeyWrapper } from '../../electron/services/ports.ts';
import { askKeyring } from './ask-keyring.ts';

// Wrapped: 1 format · 16 entry · 12 nonce · ciphertext · 16 tag. AES-256-GCM under a random key-encryption key, which
// is the key store's entry of that name. Each wrap makes an entry of its own, so that none is ever overwritten: an
// entry that seems to be missing may only be locked away.

const service = 'Profile Desk';
const format = 1;
const entryLength = 16;
const nonceStart = 1 + entryLength;
const bodyStart = nonceStart + 12;
const tagLength = 16;
const keyLength = 32;

const names: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Keychain', win32: 'Credential Manager' };
const name = names[process.platform] ?? 'Secret Service';

/** The KeyWrapper port over Secret Service, Keychain or Credential Manager. */
export function createKeyringKeyWrapper(): KeyWrapper {
  return {
    async status() {
      const answer = await askKeyring({ act: 'probe', service, account: 'probe' });
      return answer.kind === 'absent' ? { available: false, cause: answer.cause } : { available: true, name };
    },
    async wrap(key) {
      const entry = randomBytes(entryLength);
      const keyEncryptionKey = randomBytes(keyLength);
      const answer = await askKeyring({
        act: 'store',
        service,
        account: entry.toString('hex'),
        secret: keyEncryptionKey,
      });
      if (answer.kind !== 'done')
        throw lockedError(answer.kind === 'found' || answer.kind === 'missing' ? answer.kind : answer.cause);
      return encrypt(keyEncryptionKey, entry, key);
    },
    async unwrap(wrapped) {
      const bytes = Buffer.from(wrapped);
      if (bytes.length < bodyStart + tagLength || bytes[0] !== format) throw changedError();
      const answer = await askKeyring({ act: 'find', service, account: bytes.toString('hex', 1, nonceStart) });
      if (answer.kind === 'missing') throw changedError();
      if (answer.kind !== 'found') throw lockedError(answer.kind === 'done' ? answer.kind : answer.cause);
      return decrypt(answer.secret, bytes);
    },
  };
}

function encrypt(keyEncryptionKey: Buffer, entry: Buffer, key: Uint8Array): Buffer {
  const head = Buffer.concat([Buffer.of(format), entry]);
  const nonce = randomBytes(bodyStart - nonceStart);
  const cipher = createCipheriv('aes-256-gcm', keyEncryptionKey, nonce, { authTagLength: tagLength });
  cipher.setAAD(head);
  const body = Buffer.concat([cipher.update(key), cipher.final()]);
  keyEncryptionKey.fill(0);
  return Buffer.concat([head, nonce, body, cipher.getAuthTag()]);
}

function decrypt(keyEncryptionKey: Uint8Array, bytes: Buffer): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyEncryptionKey, bytes.subarray(nonceStart, bodyStart), {
      authTagLength: tagLength,
    });
    decipher.setAAD(bytes.subarray(0, nonceStart));
    decipher.setAuthTag(bytes.subarray(-tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(bodyStart, -tagLength)), decipher.final()]);
  } catch {
    throw changedError();
  } finally {
    keyEncryptionKey.fill(0);
  }
}

function lockedError(cause: string): AppError {
  return new AppError('key-store-unavailable', { reason: 'key-store-locked' }, new Error(cause));
}

function changedError(): AppError {
  return new AppError('key-store-unavailable', { reason: 'key-store-changed' });
}
