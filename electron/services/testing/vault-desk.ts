import type { ProtectionWish } from '../../../shared/contract/vault.ts';
import { createManualClock } from './manual-clock.ts';
import { createMemoryFiles } from './memory-files.ts';
import { createTestKeyWrapper } from './test-key-wrapper.ts';
import { startStorage } from './test-storage.ts';

/** What a test's person chose as a hint. */
export const hint = 'an animal';

/** The vault key is to open by a passphrase. */
export function by(text: string, changes: Partial<ProtectionWish> = {}): ProtectionWish {
  return { keyStore: false, passphrase: { kind: 'new', text, hint }, current: null, ...changes };
}

/** By the key store alone. */
export function byKeyStore(current: string | null): ProtectionWish {
  return { keyStore: true, passphrase: { kind: 'none' }, current };
}

/** One data folder, whose key store is in some state; `start` is a start of the app there. */
export function setUpDesk(is: 'open' | 'locked' | 'absent' = 'absent') {
  const keyWrapper = createTestKeyWrapper();
  keyWrapper.is = is;
  const clock = createManualClock();
  const files = createMemoryFiles();
  return {
    ...{ keyWrapper, clock, files },
    start: (wrapper = keyWrapper) => startStorage(files, wrapper, clock),
    bytesOf: (name: string) => Buffer.from(files.content.get(name) ?? []),
    list: () => [...files.content.keys()].sort(),
  };
}

export const passphraseNeeded = { code: 'key-store-unavailable', details: { reason: 'passphrase-needed' } };
export const wrongPassphrase = { code: 'unauthenticated', details: { reason: 'wrong-passphrase' } };
