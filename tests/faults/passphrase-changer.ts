import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { quickly, silentLog } from '../../electron/services/testing/test-storage.ts';
import { createSealedStorage } from '../../electron/services/vault/create-sealed-storage.ts';
import { passphraseOf } from './changed-passphrases.ts';

// A process that changes the passphrase until it is killed. Each line is the number of one that is in force.

const [folder = '', first = '0'] = process.argv.slice(2);
const clock = createSystemClock();
const storage = createSealedStorage({
  files: createNodeFileStore(folder, clock),
  keyWrapper: createTestKeyWrapper(),
  deriveKey: quickly,
  clock,
  log: silentLog,
});

let number = Number(first);
await storage.unlock(passphraseOf(number));
for (;;) {
  const current = passphraseOf(number);
  number += 1;
  const passphrase = { kind: 'new', text: passphraseOf(number), hint: null } as const;
  await storage.protect({ keyStore: false, passphrase, current });
  await new Promise<void>((resolve) => process.stdout.write(`${String(number)}\n`, () => resolve()));
}
