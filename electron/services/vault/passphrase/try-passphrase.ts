import { AppError } from '../../../../shared/contract/errors.ts';
import type { StoredPassphraseSlot } from '../vault.stored.ts';
import type { DeriveKey } from './derive-key.ts';
import { openSlot } from './passphrase-slot.ts';
import type { Tries } from './tries.ts';

export interface TryDeps {
  readonly tries: Tries;
  readonly deriveKey: DeriveKey;
  /** Called for a wrong one: there may be a wait now. */
  readonly onWrong: () => void;
}

/**
 * The vault key under a passphrase. Counted before it is tried. Errors: AppError unauthenticated (wrong-passphrase);
 * rate-limited (locked-out, with `retryAfter`); internal.
 */
export async function tryPassphrase(
  slot: StoredPassphraseSlot,
  passphrase: string,
  { tries, deriveKey, onWrong }: TryDeps,
): Promise<Uint8Array> {
  // Nobody's passphrase: no try.
  if (passphrase === '') throw new AppError('unauthenticated', { reason: 'wrong-passphrase' });
  const wait = await tries.wait();
  if (wait > 0) throw new AppError('rate-limited', { reason: 'locked-out', retryAfter: Math.ceil(wait / 1_000) });
  await tries.note();
  const key = await openSlot(slot, passphrase, deriveKey);
  if (key) {
    await tries.clear();
    return key;
  }
  onWrong();
  const retryAfter = Math.ceil((await tries.wait()) / 1_000);
  throw new AppError('unauthenticated', { reason: 'wrong-passphrase', ...(retryAfter > 0 && { retryAfter }) });
}
