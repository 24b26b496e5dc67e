import { parentPort } from 'node:worker_threads';
import { serveCalls } from '../../../../../shared/rpc/serve-calls.ts';
import type { KeyWorkerContract } from './key-worker.contract.ts';
import { keyWorkerHandlers } from './key-worker.handlers.ts';
import type { KeyDerivationContract } from '../../../vault/passphrase/key-derivation.contract.ts';
import { keyDerivationHandlers } from '../../../vault/passphrase/key-derivation.handlers.ts';

// What runs inside the thread of node-key-worker.ts.
serveCalls<KeyWorkerContract & KeyDerivationContract>(
  {
    post: (message) => parentPort?.postMessage(message),
    onMessage: (listener) => void parentPort?.on('message', listener),
  },
  { ...keyWorkerHandlers, ...keyDerivationHandlers },
);
