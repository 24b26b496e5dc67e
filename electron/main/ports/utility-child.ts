import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { bareEnvironment } from '../../services/core/children/bare-environment.ts';
import type { Child } from '../../services/ports.ts';

/** Names of our utility processes, as the system's list of processes and the log call them. */
export const serviceNames = { keyWorker: 'Profile Desk key reader', embedded: 'Profile Desk reference API' } as const;

export interface UtilityChildOptions {
  readonly serviceName: string;
  /** Names of the variables that it gets of the environment, where they are set. */
  readonly keeps: readonly string[];
  /** Where what it writes to its standard error goes; nowhere if left out. */
  readonly onErrorOutput?: (text: string) => void;
}

/** A module that lies beside this bundle, in a utility process, Electron's Node child: its crash hurts nobody else. */
export function forkUtility(module: string, { keeps, serviceName, onErrorOutput }: UtilityChildOptions): Child {
  const child = utilityProcess.fork(join(import.meta.dirname, module), [], {
    serviceName,
    stdio: ['ignore', 'ignore', onErrorOutput ? 'pipe' : 'ignore'],
    env: bareEnvironment(keeps),
  });
  let isOver = false;
  child.once('exit', () => (isOver = true));
  // Without a listener a fatal error of V8 in there would be thrown here. `exit` follows. What it brings is never
  // logged: Node's report holds the environment and the command line.
  child.on('error', () => undefined);
  if (onErrorOutput) child.stderr?.on('data', (chunk: Buffer) => onErrorOutput(chunk.toString()));
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill() {
      // Before it has spawned there is nothing to end yet, and Electron says so by `false` alone.
      if (!child.kill() && !isOver) child.once('spawn', () => void child.kill());
    },
  };
}
