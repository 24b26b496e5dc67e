import { embeddedKeeps } from '../../services/core/bare-environment.ts';
import type { EmbeddedProcess } from '../../services/embedded/embedded-provider.ts';
import { forkUtility, serviceNames } from './utility-child.ts';

/** The bundled server in a utility process. */
export function forkEmbeddedServer(args: readonly string[]): EmbeddedProcess {
  const { child, kill } = forkUtility('embedded-server.js', {
    args,
    serviceName: serviceNames.embedded,
    stdio: ['ignore', 'ignore', 'pipe'],
    keeps: embeddedKeeps,
  });
  return {
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    onErrorOutput: (listener) => void child.stderr?.on('data', (chunk: Buffer) => listener(chunk.toString())),
    post: (message) => child.postMessage(message),
    kill,
  };
}
