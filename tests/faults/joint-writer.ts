import { randomBytes } from 'node:crypto';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import { noteSpec, quickly, silentLog } from '../../electron/services/testing/test-storage.ts';
import { createSealedStorage } from '../../electron/services/vault/create-sealed-storage.ts';
import { createFileKeyWrapper } from './file-key-wrapper.ts';
import { documentNames } from './writer-documents.ts';

// A process that writes several documents as one until it is killed. Each line is the number of one that is written.

const [folder = '', keyFile = '', first = '1'] = process.argv.slice(2);
const clock = createSystemClock();
const storage = createSealedStorage({
  files: createNodeFileStore(folder, clock),
  keyWrapper: createFileKeyWrapper(keyFile),
  deriveKey: quickly,
  clock,
  log: silentLog,
});

for (let number = Number(first); ; number += 1) {
  // Different lengths, so that a torn write shows.
  const text = `${String(number)} ${randomBytes((number * 997) % 30_000).toString('hex')}`;
  await storage.writeAll(documentNames.map((name) => ({ spec: noteSpec(name), value: { text } })));
  await new Promise<void>((resolve) => process.stdout.write(`${String(number)}\n`, () => resolve()));
}
