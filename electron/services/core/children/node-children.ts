import { fork, type ForkOptions } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import type { Child } from '../../ports.ts';

// Children where there is no Electron.

/** A thread of its own, for `entry`. */
export function startThread(entry: URL): Child {
  // Nothing of the environment: it may hold secrets, and a thread of ours needs none of it.
  const thread = new Worker(entry, { env: {}, execArgv: [] });
  // A crash is an end as any other; it must not take this process with it.
  thread.on('error', () => undefined);
  thread.unref();
  return {
    post: (message) => thread.postMessage(message),
    onMessage: (listener) => void thread.on('message', listener),
    onExit: (listener) => void thread.once('exit', listener),
    kill: () => void thread.terminate(),
  };
}

export interface NodeChildOptions {
  /** All of ours if left out. */
  readonly env?: NodeJS.ProcessEnv;
  /** Where what it writes to its standard error goes; nowhere if left out. */
  readonly onErrorOutput?: (text: string) => void;
  /** SIGTERM if left out. */
  readonly killSignal?: NodeJS.Signals;
  readonly args?: readonly string[];
}

/** A process of its own, for the module at `path`. Our side of the channel gone, it is told `disconnect`. */
export function forkNode(path: string, { env, onErrorOutput, killSignal, args = [] }: NodeChildOptions = {}): Child {
  const options: ForkOptions = {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', onErrorOutput ? 'pipe' : 'ignore', 'ipc'],
  };
  const child = fork(path, args, env ? { ...options, env } : options);
  // Without a listener it would be thrown here.
  child.on('error', () => undefined);
  if (onErrorOutput) child.stderr?.setEncoding('utf8').on('data', onErrorOutput);
  return {
    // One that ended meanwhile says so by `exit`.
    post: (message) => void child.send(message as object, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener).once('error', () => listener(null)),
    kill: () => void child.kill(killSignal),
  };
}
