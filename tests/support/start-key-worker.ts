import { pathToFileURL } from 'node:url';
import { startNodeKeyWorker } from '../../electron/services/features/ssh-keys/worker/node-key-worker.ts';
import { bundleOf } from './bundles.ts';

const entry = pathToFileURL(await bundleOf('key-worker'));

/** The thread that reads keys, from its bundle: tests start hundreds. key-worker.test.ts starts it from its sources. */
export const startKeyWorker = () => startNodeKeyWorker(entry);
