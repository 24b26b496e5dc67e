import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { KeyWorkerProcess } from '../../services/ports.ts';

/** The key worker in a utility process, whose crash hurts nobody else. */
export function forkKeyWorker(): KeyWorkerProcess {
  // Nothing else of the environment: it may hold secrets. Without SystemRoot Windows gives no random numbers.
  const { SystemRoot } = process.env;
  const env = SystemRoot === undefined ? {} : { SystemRoot };
  const child = utilityProcess.fork(join(import.meta.dirname, 'key-worker.js'), [], {
    serviceName: 'Profile Desk key reader',
    stdio: 'ignore',
    env,
  });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}
