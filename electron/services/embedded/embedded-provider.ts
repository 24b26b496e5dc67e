import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import { embeddedServer, type EmbeddedContract } from '../../../shared/embedded-server.ts';
import type { PresetId } from '../../../shared/presets.ts';
import type { Client } from '../../../shared/rpc/define.ts';
import { readPlainFile } from '../files/plain-file.ts';
import { toStorageFault } from '../files/storage-fault.ts';
import { readMails } from './read-mails.ts';
import type { Child, Clock, EmbeddedProvider, EmbeddedStart, EmbeddedStartOptions, Log } from '../ports.ts';
import { ChildClient } from '../core/children/child-client.ts';

export interface EmbeddedProviderDeps {
  /** Starts server/embedded.ts, and hands on what it writes to its standard error. */
  readonly fork: (onErrorOutput: (text: string) => void) => Child;
  /** The server's own folder. */
  readonly folder: string;
  readonly preset: PresetId;
  readonly clock: Clock;
  readonly log: Log;
}

/** Bytes, with room to spare. */
const largestKey = 320;
const startLimitMs = 60_000;
const stopLimitMs = 3_000;

interface Running {
  readonly server: ChildClient<EmbeddedContract>;
  readonly start: Promise<EmbeddedStart>;
  readonly ended: Promise<void>;
  /** While it starts with a new demo password; a caller that wants one joins it. */
  isResetting: boolean;
}

/** The reference API in a process of its own (D7). If it dies, the next `start` begins a new one on a new port. */
export function createEmbeddedProvider(deps: EmbeddedProviderDeps): EmbeddedProvider {
  const { clock, log } = deps;
  let running: Running | undefined;

  function begin({ resetDemoPassword, dataKey }: EmbeddedStartOptions): Running {
    const child = deps.fork((text) => log.warn('embedded server reports', { text }));
    const ended = new Promise<void>((resolve) => {
      child.onExit((code) => {
        log.info('embedded server ended', { code });
        if (running?.server === server) running = undefined;
        resolve();
      });
    });
    const server = new ChildClient({ contract: embeddedServer, child, name: 'embedded server', clock });
    const start = startOn(server, {
      dataFolder: deps.folder,
      preset: deps.preset,
      resetDemoPassword,
      // Not by command line or environment: other programs can read those.
      dataKey: dataKey?.key ?? null,
    });
    const begun: Running = { server, ended, start, isResetting: resetDemoPassword };
    void start.catch(() => undefined).then(() => (begun.isResetting = false));
    return begun;
  }

  async function stop(): Promise<void> {
    const last = running;
    running = undefined;
    if (!last) return;
    last.server.end('it was stopped');
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
    const aside = `${deps.folder}-set-aside-${new Date(clock.now()).toISOString().replaceAll(':', '-')}`;
    await rename(deps.folder, aside).catch(refuse);
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
    formerKey: async () => readFormerKey(join(deps.folder, `${deps.preset}.key`)),
    mails: () => readMails(join(deps.folder, `${deps.preset}.outbox`)),
    stop,
    async erase() {
      await stop();
      await rm(deps.folder, { recursive: true, force: true }).catch(refuse);
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
class OtherKeyError extends Error {
  override readonly message = 'the data is sealed with another key';
}

function refuse(error: unknown): never {
  throw toStorageFault(error);
}

type StartInput = Parameters<Client<EmbeddedContract>['server']['start']>[0];

async function startOn(server: ChildClient<EmbeddedContract>, input: StartInput): Promise<EmbeddedStart> {
  try {
    const answer = await server.within(startLimitMs).server.start(input);
    if (answer.kind === 'other-key') throw new AppError('internal', {}, new OtherKeyError());
    return { address: answer.address, demo: answer.demo };
  } catch (error) {
    server.end('it did not start');
    throw error;
  }
}
