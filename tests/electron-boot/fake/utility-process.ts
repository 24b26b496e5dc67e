import { EventEmitter } from 'node:events';
import { pack, unpack } from './whole-buffers.ts';

// Loaded before the module of a utility process: the way Electron gives it back to the main process.
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => process.send?.(pack(message)),
});
Object.assign(process, { parentPort });
// As written in Electron: what comes before there is a listener waits for one, as it does in Node's own process.
parentPort.on('newListener', (name) => {
  if (name !== 'message' || parentPort.listenerCount('message') > 0) return;
  process.on('message', (packed: Uint8Array) => parentPort.emit('message', { data: unpack(packed) }));
});
process.once('disconnect', () => process.exit(0));
// For the journal: what the process found around it.
process.send?.({ environment: Object.keys(process.env) });
