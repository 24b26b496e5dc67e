import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bareEnvironment, embeddedKeeps } from '../../electron/services/core/bare-environment.ts';
import type { EmbeddedProcess } from '../../electron/services/embedded/embedded-provider.ts';

const entry = fileURLToPath(new URL('../../server/embedded.ts', import.meta.url));

/** The server in a Node process of its own; it ends by itself once our side of the channel is gone. */
export function forkEmbeddedServer(args: readonly string[]): EmbeddedProcess {
  const child = fork(entry, args, {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: bareEnvironment(embeddedKeeps),
  });
  child.stderr?.setEncoding('utf8');
  return {
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener).once('error', () => listener(null)),
    onErrorOutput: (listener) => void child.stderr?.on('data', listener),
    // One that ended meanwhile says so by `exit`.
    post: (message) => void child.send(message, () => undefined),
    kill: () => void child.kill(),
  };
}
