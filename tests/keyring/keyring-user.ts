import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/contract/errors.ts';
import { noteSpec, startStorage } from '../../electron/services/testing/test-storage.ts';
import { createKeyringKeyWrapper } from '../../preview/ports/keyring-key-wrapper.ts';

// Asks the key wrapper for one thing and prints the answer as JSON, with the longest time that it let nothing else run.

const [act = '', argument = ''] = process.argv.slice(2);
const wrapper = createKeyringKeyWrapper();

const passphrase = 'correct horse';
const spec = noteSpec('note.sealed');

/** Sealed in the data folder, under the key store with a passphrase beside it. */
async function keep(): Promise<unknown> {
  const storage = startStorage(argument, wrapper);
  await storage.document(spec).write({ text: 'kept' });
  const wish = { kind: 'new', text: passphrase, hint: null } as const;
  await storage.protect({ keyStore: true, passphrase: wish, current: null });
  return storage.status();
}

/** What a start finds there, and what after the passphrase was given. */
async function open(): Promise<unknown> {
  const storage = startStorage(argument, wrapper);
  const read = () =>
    storage
      .document(spec)
      .read()
      .then((note) => note?.text ?? 'nothing', String);
  const alone = await read();
  const { keyStoreProblem = null } = await storage.status();
  await storage.unlock(passphrase);
  return { alone, keyStoreProblem, withPassphrase: await read() };
}

const calls: Record<string, () => Promise<unknown>> = {
  status: () => wrapper.status(),
  wrap: async () => Buffer.from(await wrapper.wrap(Buffer.from(argument, 'hex'))).toString('hex'),
  keep,
  open,
  unwrap: async () => Buffer.from(await wrapper.unwrap(Buffer.from(argument, 'hex'))).toString('hex'),
};

/**
 * Milliseconds of the longest time between two turns of an event loop, told to `tell` at its end. For both threads, so
 * as text.
 */
const watch = (tell: (longest: number) => void): (() => void) => {
  let [longest, last] = [0, performance.now()];
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  return () => {
    clearInterval(timer);
    tell(longest);
  };
};

// A thread that does nothing stands still only while the machine is busy with other work: that is no fault of ours.
const idle = new Worker(
  `const { parentPort } = require('node:worker_threads');
  const stop = (${watch.toString()})((longest) => parentPort.postMessage(longest));
  parentPort.once('message', stop).postMessage('ready');`,
  { eval: true },
);
await once(idle, 'message');
let longest = 0;
const stop = watch((value) => (longest = value));

const answer = await (calls[act] ?? (() => Promise.reject(new Error('unknown act'))))().then(
  (value) => ({ value }),
  (error: unknown) => (error instanceof AppError ? { error: error.toShape() } : { thrown: String(error) }),
);
stop();
idle.postMessage('stop');
const [longestOfIdle] = (await once(idle, 'message')) as [number];
process.stdout.write(JSON.stringify({ ...answer, longestBlock: longest - longestOfIdle }));
