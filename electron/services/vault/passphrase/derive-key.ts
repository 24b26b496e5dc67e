import { preparePassphrase } from '../../../../shared/passphrase.ts';
import { ChildClient } from '../../core/children/child-client.ts';
import type { Child, Clock } from '../../ports.ts';
import type { StoredKdf } from '../vault.stored.ts';
import { keyDerivation } from './key-derivation.contract.ts';

/** 32 bytes from a passphrase as it was typed; the caller wipes them. Errors: AppError internal. */
export type DeriveKey = (passphrase: string, kdf: StoredKdf) => Promise<Uint8Array>;

/** Milliseconds: a second on a calm computer, and all that a stored file may ask for on a slow one. */
const deadlineMs = 120_000;

/** In a child of its own, which ends with it: the memory that held the passphrase goes back to the system. */
export function createDeriveKey({ start, clock }: { start: () => Child; clock: Pick<Clock, 'sleep'> }): DeriveKey {
  return async (passphrase, { memoryKiB, passes, lanes, salt }) => {
    const typed = Buffer.from(preparePassphrase(passphrase));
    const client = new ChildClient({ contract: keyDerivation, child: start(), name: 'key derivation', clock });
    try {
      const { argon2id } = client.within(deadlineMs).derivation;
      return await argon2id({ passphrase: typed, salt: Buffer.from(salt, 'base64'), memoryKiB, passes, lanes });
    } finally {
      typed.fill(0);
      client.end('it is done');
    }
  };
}
