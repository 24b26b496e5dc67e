import { randomBytes } from 'node:crypto';
import type { NewPassphrase } from '../../../../shared/passphrase.ts';
import { decrypt, encrypt } from '../aes-gcm.ts';
import type { StoredKdf, StoredPassphraseSlot } from '../vault.stored.ts';
import type { DeriveKey } from './derive-key.ts';

// The vault key under a passphrase: AES-256-GCM under what Argon2id makes of the passphrase. The parameters are
// authenticated with it.

export type KdfCost = Pick<StoredKdf, 'memoryKiB' | 'passes' | 'lanes'>;

/** The second recommended option of RFC 9106, section 4, with one lane: here lanes run one after the other. */
export const currentCost: KdfCost = { memoryKiB: 65_536, passes: 3, lanes: 1 };

/** Bytes: RFC 9106, section 3.1. */
const saltLength = 16;

/** `key` stays the caller's. Errors: AppError internal. */
export async function sealSlot(
  key: Uint8Array,
  { text, hint }: NewPassphrase,
  deriveKey: DeriveKey,
  cost: KdfCost = currentCost,
): Promise<StoredPassphraseSlot> {
  const kdf: StoredKdf = { name: 'argon2id', ...cost, salt: randomBytes(saltLength).toString('base64') };
  const wrapping = await deriveKey(text, kdf);
  try {
    return { kdf, hint, wrappedKey: encrypt(wrapping, headOf(kdf), key).toString('base64') };
  } finally {
    wrapping.fill(0);
  }
}

/** Undefined for another passphrase. Errors: AppError internal. */
export async function openSlot(
  { kdf, wrappedKey }: StoredPassphraseSlot,
  passphrase: string,
  deriveKey: DeriveKey,
): Promise<Uint8Array | undefined> {
  const wrapping = await deriveKey(passphrase, kdf);
  try {
    return decrypt(wrapping, headOf(kdf), Buffer.from(wrappedKey, 'base64'));
  } finally {
    wrapping.fill(0);
  }
}

/** Computers got faster since, or this app more careful. */
export function isWeaker({ memoryKiB, passes }: KdfCost, than: KdfCost = currentCost): boolean {
  return memoryKiB * passes < than.memoryKiB * than.passes || memoryKiB < than.memoryKiB;
}

function headOf({ name, memoryKiB, passes, lanes, salt }: StoredKdf): Buffer {
  return Buffer.from(JSON.stringify(['profile-desk vault key 2', name, memoryKiB, passes, lanes, salt]));
}
