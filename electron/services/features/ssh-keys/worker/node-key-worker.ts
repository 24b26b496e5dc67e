import type { Child } from '../../../ports.ts';
import { startThread } from '../../../core/children/node-children.ts';

const ownEntry = new URL('./node-key-worker-entry.ts', import.meta.url);

/** The key worker as a thread of Node, where there is no Electron. `entry`: what runs in the thread. */
export function startNodeKeyWorker(entry = ownEntry): Child {
  return startThread(entry);
}
