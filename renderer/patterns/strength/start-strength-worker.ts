import { toWorkerUrl } from '../../lib/worker-url.ts';
import workerUrl from './strength.worker.ts?worker&url';

export function startStrengthWorker(): Worker {
  return new Worker(toWorkerUrl(workerUrl), { type: 'module' });
}
