import { spawn, type ChildProcess } from 'node:child_process';

/** A real process whose output is read line by line. */
export interface Spawned extends AsyncDisposable {
  readonly process: ChildProcess;
  /** Everything written so far, standard output and error. */
  output(): string;
  /**
   * The first match in the output; rejects with the output if the process ends or the time (milliseconds, 150 s if not
   * given) passes without one.
   */
  waitFor(pattern: RegExp, time?: number): Promise<RegExpExecArray>;
  /** The exit code, or null if a signal ended it. */
  ended: Promise<number | null>;
  /** SIGTERM, and its end. */
  stop(): Promise<void>;
  /** SIGKILL, and its end: a crash or a pulled plug. */
  kill(): Promise<void>;
}

/** Milliseconds: generous, because other work may keep both processors busy. */
const patience = 150_000;

interface SpawnOptions {
  /** A script that starts the program proper: whatever ends it shall end both. */
  readonly withChildren?: boolean;
}

export function spawnWatched(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
  { withChildren = false }: SpawnOptions = {},
): Spawned {
  const child = spawn(command, args, {
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: withChildren,
  });
  let output = '';
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      tell();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  void ended.then(tell);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) send(signal);
    await ended;
  }

  function send(signal: NodeJS.Signals): void {
    // The leader's number, negative, is its whole group (kill(2)).
    if (withChildren && child.pid !== undefined) process.kill(-child.pid, signal);
    else child.kill(signal);
  }

  return {
    process: child,
    output: () => output,
    ended,
    waitFor: (pattern, time = patience) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          listeners.delete(look);
          clearTimeout(timer);
          settle();
        };
        const look = () => {
          const match = pattern.exec(output);
          if (match) finish(() => resolve(match));
          else if (child.exitCode !== null || child.signalCode !== null)
            finish(() => reject(new Error(`ended before ${pattern}:\n${output}`)));
        };
        const timer = setTimeout(
          () => finish(() => reject(new Error(`no ${pattern} within ${time} ms:\n${output}`))),
          time,
        );
        listeners.add(look);
        look();
      }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async [Symbol.asyncDispose]() {
      const last = setTimeout(() => send('SIGKILL'), 30_000);
      await end('SIGTERM');
      clearTimeout(last);
    },
  };
}
