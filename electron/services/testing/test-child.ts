import { parentPort } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/errors.ts';
import { linkToParent, type MessageLink } from '../../../shared/rpc/message-link.ts';
import { serveCalls } from '../../../shared/rpc/serve-calls.ts';
import type { TestContract } from './test-child.contract.ts';

// The child of the tests: a thread or a process, by how it was started.

const thread = parentPort;
const link: MessageLink = thread
  ? { post: (message) => thread.postMessage(message), onMessage: (listener) => void thread.on('message', listener) }
  : linkToParent(process);

let last: Uint8Array = new Uint8Array();

process.once('disconnect', () => process.exit());
serveCalls<TestContract>(link, {
  child: {
    join: ({ texts }) => ({ text: texts.join(' ') }),
    readAround({ secret }) {
      last = secret;
      return Buffer.from(secret.buffer).toString('latin1');
    },
    lastBytes: () => [...last],
    refuse() {
      throw new AppError('storage-fault', { reason: 'disk-full' }, new RangeError('what a file holds'));
    },
    fail() {
      throw Object.assign(new TypeError('what a file holds'), { code: 'ENOENT' });
    },
    leak: () => Object.assign({ text: '' }, { token: 'secret' }),
    babble() {
      link.post({ id: 'none' });
    },
    die: () => process.exit(7),
    crash: () =>
      new Promise<undefined>(() => {
        setImmediate(() => {
          throw new Error('of nobody');
        });
      }),
    hang() {
      for (;;);
    },
    environment: () => Object.keys(process.env),
  },
});
