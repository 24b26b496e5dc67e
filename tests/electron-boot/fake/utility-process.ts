import { EventEmitter } from 'node:events';

// Loaded before the module of a utility process: the way Electron gives it back to the main process.
Object.assign(process, {
  parentPort: Object.assign(new EventEmitter(), { postMessage: (message: unknown) => process.send?.(message) }),
});
process.once('disconnect', () => process.exit(0));
