import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { EmbeddedProcess } from '../../services/embedded/embedded-provider.ts';

/** The bundled server in a utility process, Electron's Node child. */
export function forkEmbeddedServer(args: readonly string[]): EmbeddedProcess {
  const child = utilityProcess.fork(join(import.meta.dirname, 'embedded-server.js'), [...args], {
    serviceName: 'Profile Desk reference API',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return {
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    onErrorOutput: (listener) => void child.stderr?.on('data', (chunk: Buffer) => listener(chunk.toString())),
    kill: () => void child.kill(),
  };
}
