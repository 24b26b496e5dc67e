import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { PresetId } from '../../../shared/presets.ts';
import { readPlainFile } from '../files/plain-file.ts';
import { toStorageFault } from '../files/storage-fault.ts';
import { readMails } from './read-mails.ts';
import type { Clock, EmbeddedProvider, EmbeddedStart, EmbeddedStartOptions, Log } from '../ports.ts';

/** The server's process, however the shell starts one. */
export interface EmbeddedProcess {
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also if the process never came up. */
  onExit(listener: (code: number | null) => void): void;
  /** What it writes to its standard error. */
  onErrorOutput(listener: (text: string) => void): void;
  post(message: { readonly dataKey: string }): void;
  kill(): void;
}

export interface EmbeddedProviderOptions {
  readonly fork: (args: readonly string[]) => EmbeddedProcess;
  /** The server's own folder. */
  readonly folder: string;
  readonly preset: PresetId;
  readonly clock: Clock;
  readonly log: Log;
}

/** The one message of the server (server/embedded.ts), once it listens or knows that it cannot. */
const firstMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    address: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
    demo: z.object({ identifier: z.string(), password: z.string().nullable() }),
  }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum(['disk-full', 'folder-read-only', 'other-key', 'other']),
    message: z.string(),
  }),
]);
type FirstMessage = z.infer<typeof firstMessageSchema>;

/** Bytes, with room to spare. */
const largestKey = 320;
const startLimitMs = 20_000;
const stopLimitMs = 3_000;

interface Running {
  readonly process: EmbeddedProcess;
  readonly start: Promise<EmbeddedStart>;
  readonly ended: Promise<void>;
  /** While it starts with a new demo password; a caller that wants one joins it. */
  isResetting: boolean;
}

/** The reference API in a process of its own (D7). If it dies, the next `start` begins a new one on a new port. */
export function createEmbeddedProvider(options: EmbeddedProviderOptions): EmbeddedProvider {
  const { clock, log } = options;
  let running: Running | undefined;

  function begin({ resetDemoPassword, dataKey }: EmbeddedStartOptions): Running {
    const reset = resetDemoPassword ? ['--reset-demo-password'] : [];
    const keyed = dataKey ? ['--key-by-message'] : [];
    const process = options.fork(['--data', options.folder, '--preset', options.preset, ...reset, ...keyed]);
    // Not by command line or environment: other programs can read those.
    if (dataKey) process.post({ dataKey: Buffer.from(dataKey.key).toString('base64') });
    process.onErrorOutput((text) => log.warn('embedded server reports', { text }));
    const ended = new Promise<void>((resolve) => {
      process.onExit((code) => {
        log.info('embedded server ended', { code });
        if (running?.process === process) running = undefined;
        resolve();
      });
    });
    const begun: Running = { process, ended, start: waitForStart(process, clock), isResetting: resetDemoPassword };
    void begun.start.catch(() => undefined).then(() => (begun.isResetting = false));
    return begun;
  }

  async function stop(): Promise<void> {
    const last = running;
    running = undefined;
    if (!last) return;
    last.process.kill();
    const limit = new AbortController();
    await Promise.race([last.ended, clock.sleep(stopLimitMs, limit.signal)]);
    // A timer that nobody waits for would still keep the whole process from ending.
    limit.abort();
  }

  async function start(wanted: EmbeddedStartOptions): Promise<EmbeddedStart> {
    // Only a start can reset it: the server keeps a hash alone.
    if (wanted.resetDemoPassword && !running?.isResetting) await stop();
    running ??= begin(wanted);
    return running.start;
  }

  /** Its data cannot be opened any more, and is not thrown away. */
  async function setAside(): Promise<void> {
    await stop();
    const aside = `${options.folder}-set-aside-${new Date(clock.now()).toISOString().replaceAll(':', '-')}`;
    await rename(options.folder, aside).catch(refuse);
    log.warn('the key of the embedded server’s data is lost: set aside', { folder: aside });
  }

  return {
    start: (wanted) =>
      start(wanted).catch(async (error: unknown) => {
        const isLost = error instanceof AppError && error.cause instanceof OtherKeyError;
        if (!isLost || wanted.dataKey?.isNew === false) throw error;
        await setAside();
        return start(wanted);
      }),
    formerKey: async () => readFormerKey(join(options.folder, `${options.preset}.key`)),
    mails: () => readMails(join(options.folder, `${options.preset}.outbox`)),
    stop,
    async erase() {
      await stop();
      await rm(options.folder, { recursive: true, force: true }).catch(refuse);
    },
  };
}

function readFormerKey(file: string): Buffer | undefined {
  try {
    return readPlainFile(file, largestKey);
  } catch (error) {
    return refuse(error);
  }
}

/** The data is sealed with another key than the one it was started with. */
class OtherKeyError extends Error {}

function refuse(error: unknown): never {
  throw toStorageFault(error);
}

async function waitForStart(process: EmbeddedProcess, clock: Clock): Promise<EmbeddedStart> {
  const first = new Promise<EmbeddedStart>((resolve, reject) => {
    process.onMessage((message) => {
      const parsed = firstMessageSchema.safeParse(message);
      if (!parsed.success) reject(new AppError('internal', {}, parsed.error));
      else if (parsed.data.kind === 'ready') resolve({ address: parsed.data.address, demo: parsed.data.demo });
      else reject(startFailure(parsed.data));
    });
    process.onExit((code) =>
      reject(new AppError('internal', {}, new Error(`embedded server ended at its start (${String(code)})`))),
    );
  });
  const limit = new AbortController();
  const tooLate = clock.sleep(startLimitMs, limit.signal).then(() => {
    throw new AppError('internal', {}, new Error('embedded server did not start in time'));
  });
  try {
    return await Promise.race([first, tooLate]);
  } catch (error) {
    process.kill();
    throw error;
  } finally {
    limit.abort();
  }
}

function startFailure(failed: Extract<FirstMessage, { kind: 'failed' }>): AppError {
  const cause = failed.reason === 'other-key' ? new OtherKeyError(failed.message) : new Error(failed.message);
  return failed.reason === 'other' || failed.reason === 'other-key'
    ? new AppError('internal', {}, cause)
    : new AppError('storage-fault', { reason: failed.reason }, cause);
}
