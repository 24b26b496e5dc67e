import { Worker } from 'node:worker_threads';
import type { KeyWorkerProcess } from '../../../ports.ts';

const ownEntry = new URL('./node-key-worker-entry.ts', import.meta.url);

/** The key worker as a thread of Node, where there is no Electron. `entry`: what runs in the thread. */
export function startNodeKeyWorker(entry = ownEntry): KeyWorkerProcess {
  // Nothing of the environment: it may hold secrets, and the worker needs none of it.
  const thread = new Worker(entry, { env: {}, execArgv: [] });
  // A crash is an end as any other; it must not take this process with it.
  thread.on('error', () => undefined);
  thread.unref();
  return {
    post: (message) => thread.postMessage(message),
    onMessage: (listener) => void thread.on('message', listener),
    onExit: (listener) => void thread.once('exit', listener),
    kill: () => void thread.terminate(),
  };
}
