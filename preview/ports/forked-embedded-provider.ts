import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { AppError } from '../../shared/contract/errors.ts';
import type { EmbeddedProvider, EmbeddedStart, Log } from '../../electron/services/ports.ts';

/** What the embedded server says once after its start. */
const firstMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    address: z.string(),
    demo: z.object({ identifier: z.string(), password: z.string().nullable() }),
  }),
  z.object({ kind: z.literal('failed'), reason: z.enum(['disk-full', 'folder-read-only', 'other']), message: z.string() }),
]);

const entry = fileURLToPath(new URL('../../server/embedded.ts', import.meta.url));

interface Running {
  readonly child: ChildProcess;
  readonly start: Promise<EmbeddedStart>;
}

/** The reference API in a child process of its own (D7). If it dies, the next `start` begins a new one. */
export function createForkedEmbeddedProvider(options: { dataFolder: string; preset: string; log: Log }): EmbeddedProvider {
  let running: Running | undefined;

  function spawn(resetDemoPassword: boolean): Running {
    const reset = resetDemoPassword ? ['--reset-demo-password'] : [];
    const args = ['--data', options.dataFolder, '--preset', options.preset, ...reset];
    const child = fork(entry, args, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const started: Running = { child, start: firstMessage(child) };
    child.once('exit', (code, signal) => {
      if (running === started) running = undefined;
      options.log.info('embedded server ended', { code, signal });
    });
    return started;
  }

  async function stop(): Promise<void> {
    const child = running?.child;
    running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    const last = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(last);
  }

  return {
    async start({ resetDemoPassword }) {
      // The demo password can only be reset by a new start.
      if (resetDemoPassword) await stop();
      running ??= spawn(resetDemoPassword);
      return running.start;
    },
    stop,
  };
}

function firstMessage(child: ChildProcess): Promise<EmbeddedStart> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => reject(new AppError('internal', {}, new Error(`embedded server ended at start: ${signal ?? code}`))));
    child.once('error', (cause) => reject(new AppError('internal', {}, cause)));
    child.once('message', (message) => {
      const parsed = firstMessageSchema.safeParse(message);
      if (!parsed.success) reject(new AppError('internal', {}, parsed.error));
      else if (parsed.data.kind === 'ready') resolve({ address: parsed.data.address, demo: parsed.data.demo });
      else reject(startFailure(parsed.data));
    });
  });
}

function startFailure(failed: { reason: 'disk-full' | 'folder-read-only' | 'other'; message: string }): AppError {
  const cause = new Error(failed.message);
  return failed.reason === 'other' ? new AppError('internal', {}, cause) : new AppError('storage-fault', { reason: failed.reason }, cause);
}
