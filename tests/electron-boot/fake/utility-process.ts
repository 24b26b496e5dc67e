import { EventEmitter } from 'node:events';

// Loaded before the module of a utility process: the way Electron gives it back to the main process.
const parentPort = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => process.send?.(message) });
Object.assign(process, { parentPort });
process.on('message', (data) => parentPort.emit('message', { data }));
process.once('disconnect', () => process.exit(0));
