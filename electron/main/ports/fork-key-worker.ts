import type { KeyWorkerProcess } from '../../services/ports.ts';
import { forkUtility, serviceNames } from './utility-child.ts';

/** The key worker in a utility process, whose crash hurts nobody else. */
export function forkKeyWorker(): KeyWorkerProcess {
  const { child, kill } = forkUtility('key-worker.js', {
    serviceName: serviceNames.keyWorker,
    stdio: 'ignore',
    // Without it Windows gives no random numbers.
    keeps: ['SystemRoot'],
  });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill,
  };
}
