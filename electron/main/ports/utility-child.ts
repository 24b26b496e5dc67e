import { join } from 'node:path';
import { utilityProcess, type ForkOptions, type UtilityProcess } from 'electron';
import { bareEnvironment } from '../../services/core/bare-environment.ts';

/** Names of our utility processes, as the system's list of processes and the log call them. */
export const serviceNames = { keyWorker: 'Profile Desk key reader', embedded: 'Profile Desk reference API' } as const;

export interface UtilityChild {
  readonly child: UtilityProcess;
  /** Ends it, also if it is only about to come up. */
  kill(): void;
}

export interface UtilityChildOptions extends Required<Pick<ForkOptions, 'serviceName' | 'stdio'>> {
  readonly args?: readonly string[];
  /** Names of the variables that it gets of the environment, where they are set. */
  readonly keeps: readonly string[];
}

/** Starts a module that lies beside this bundle in a utility process, Electron's Node child. */
export function forkUtility(
  module: string,
  { args = [], keeps, serviceName, stdio }: UtilityChildOptions,
): UtilityChild {
  const child = utilityProcess.fork(join(import.meta.dirname, module), [...args], {
    serviceName,
    stdio,
    env: bareEnvironment(keeps),
  });
  let isOver = false;
  child.once('exit', () => (isOver = true));
  // Without a listener a fatal error of V8 in there would be thrown here. `exit` follows. What it brings is never
  // logged: Node's report holds the environment and the command line.
  child.on('error', () => undefined);
  return {
    child,
    kill() {
      // Before it has spawned there is nothing to end yet, and Electron says so by `false` alone.
      if (!child.kill() && !isOver) child.once('spawn', () => void child.kill());
    },
  };
}
