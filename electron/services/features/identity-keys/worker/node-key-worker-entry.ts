import { parentPort } from 'node:worker_threads';
import { serveKeyJobs } from './serve-key-jobs.ts';

// What runs inside the thread of node-key-worker.ts.
serveKeyJobs({
  onMessage: (listener) => void parentPort?.on('message', listener),
  post: (message) => parentPort?.postMessage(message),
});
