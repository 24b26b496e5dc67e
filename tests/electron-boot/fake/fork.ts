import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import { PassThrough } from 'node:stream';
import type { ForkOptions, UtilityProcess } from 'electron';
import { app } from './app.ts';
import { note } from './journal.ts';
import { pack, surplusOf, unpack } from './whole-buffers.ts';

/** Milliseconds until a child has a pid, as where a browser process starts it. */
const spawnDelay = Number(process.env['FAKE_SPAWN_DELAY'] ?? 10);

export const children: FakeUtilityProcess[] = [];

/** A real process in place of Electron's; `parentPort` is made for it by utility-process.ts. */
class FakeUtilityProcess
  extends EventEmitter
  implements Pick<UtilityProcess, 'kill' | 'pid' | 'postMessage' | 'stderr' | 'stdout'>
{
  pid: number | undefined;
  readonly stdout: PassThrough | null;
  readonly stderr: PassThrough | null;
  readonly name: string;
  readonly #module: string;
  readonly #queue: Buffer[] = [];
  #child: ChildProcess | undefined;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    this.#module = basename(modulePath);
    this.name = options.serviceName ?? 'Node Utility Process';
    const [, stdout, stderr] = toStdio(options.stdio);
    this.stdout = stdout === 'pipe' ? new PassThrough() : null;
    this.stderr = stderr === 'pipe' ? new PassThrough() : null;
    // As written in Electron: an environment that is empty counts as none, and the parent's is taken.
    const own = Object.keys(options.env ?? {}).length > 0;
    const env = own ? (options.env as NodeJS.ProcessEnv) : process.env;
    note('utilityProcess.fork', { module: this.#module, args, name: this.name });
    setTimeout(() => this.#spawn(modulePath, args, env), spawnDelay);
  }

  /** Nothing happens before the child has spawned: the return value alone tells. */
  kill(): boolean {
    if (this.pid === undefined) return false;
    return this.#child?.kill() ?? false;
  }

  postMessage(message: unknown): void {
    const packed = pack(message);
    this.#noteMessage('to', unpack(packed));
    if (this.#child) this.#child.send(packed);
    else this.#queue.push(packed);
  }

  /** As when V8 cannot go on: `error` first, which has a listener or is thrown, then the end. */
  breakDown(): void {
    const report = JSON.stringify({ header: {}, environmentVariables: process.env });
    setImmediate(() => this.emit('error', 'FatalError', 'v8::Allocate', report));
    this.#child?.kill('SIGSEGV');
  }

  #spawn(modulePath: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
    const child = fork(modulePath, [...args], {
      execArgv: ['--import', new URL('utility-process.ts', import.meta.url).href],
      stdio: ['ignore', this.stdout ? 'pipe' : 'ignore', this.stderr ? 'pipe' : 'ignore', 'ipc'],
      serialization: 'advanced',
      env,
    });
    this.#child = child;
    if (this.stdout) child.stdout?.pipe(this.stdout);
    if (this.stderr) child.stderr?.pipe(this.stderr);
    child.on('message', (message) => this.#receive(message));
    child.once('exit', (code, signal) => this.#end(code ?? 1, signal));
    child.once('spawn', () => {
      this.pid = child.pid;
      note('utilityProcess.spawn', { module: this.#module, pid: child.pid });
      this.emit('spawn');
      for (const packed of this.#queue.splice(0)) child.send(packed);
    });
  }

  #receive(message: unknown): void {
    if (!(message instanceof Uint8Array)) return note('utilityProcess.environment', message);
    const data = unpack(message);
    this.#noteMessage('from', data);
    this.emit('message', data);
  }

  #noteMessage(direction: 'to' | 'from', data: unknown): void {
    note('utilityProcess.message', { module: this.#module, direction, surplus: surplusOf(data) });
  }

  #end(exitCode: number, signal: NodeJS.Signals | null): void {
    this.pid = undefined;
    children.splice(children.indexOf(this), 1);
    note('utilityProcess.exit', { module: this.#module, signal });
    this.emit('exit', exitCode);
    const reason = signal === 'SIGTERM' ? 'killed' : signal === null && exitCode === 0 ? 'clean-exit' : 'crashed';
    app.emit('child-process-gone', {}, { type: 'Utility', reason, exitCode, name: this.name });
  }
}

function toStdio(stdio: ForkOptions['stdio']): readonly string[] {
  return typeof stdio === 'string' ? [stdio, stdio, stdio] : (stdio ?? ['ignore', 'inherit', 'inherit']);
}

export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): FakeUtilityProcess {
    if (!app.isUp) throw new Error('utilityProcess cannot be created before app is ready.');
    const child = new FakeUtilityProcess(modulePath, args, options);
    children.push(child);
    return child;
  },
};
