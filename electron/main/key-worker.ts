import { serveKeyJobs } from '../services/features/identity-keys/worker/serve-key-jobs.ts';

// What runs inside the utility process of ports/fork-key-worker.ts.
const { parentPort } = process;
serveKeyJobs({
  onMessage: (listener) =>
    void parentPort.on('message', ({ data }) => listener(data as Parameters<typeof listener>[0])),
  post: (message) => parentPort.postMessage(message),
});
