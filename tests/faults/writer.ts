import { randomBytes } from 'node:crypto';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import { noteSpec, quickly, silentLog } from '../../electron/services/testing/test-storage.ts';
import { createSealedStorage } from '../../electron/services/vault/create-sealed-storage.ts';
import { createFileKeyWrapper } from './file-key-wrapper.ts';
import { documentNames, removedName } from './writer-documents.ts';

// A process that writes until it is killed. Each line is one promise: `name number`, then ` removed` if it is gone
// again.

const [folder = '', keyFile = '', firstNumber = '1'] = process.argv.slice(2);
const clock = createSystemClock();
const storage = createSealedStorage({
  files: createNodeFileStore(folder, clock),
  keyWrapper: createFileKeyWrapper(keyFile),
  deriveKey: quickly,
  clock,
  log: silentLog,
});

for (const name of documentNames) void writeForEver(name);

async function writeForEver(name: string): Promise<void> {
  const document = storage.document(noteSpec(name));
  for (let number = Number(firstNumber); ; number += 1) {
    // Different lengths, up to 60 KB, so that a torn write shows.
    await document.write({ text: `${number} ${randomBytes(number % 30_000).toString('hex')}` });
    await promise(`${name} ${number}`);
    if (name !== removedName || number % 5 !== 0) continue;
    await document.remove();
    await promise(`${name} ${number} removed`);
  }
}

/** Goes on once the line is out of this process: one that waits here for a busy reader would be lost in the kill. */
function promise(line: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${line}\n`, () => resolve()));
}
