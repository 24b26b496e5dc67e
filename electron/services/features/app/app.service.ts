import type { AppSnapshot } from '../../../../shared/contract/app.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Ports } from '../../ports.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { judgeAge } from './judge-age.ts';

export interface AppDeps {
  readonly ports: Pick<Ports, 'shell' | 'version' | 'release' | 'embedded' | 'clock' | 'log' | 'restart'>;
  readonly storage: SealedStorage;
  readonly emit: Emit<'app.changed'>;
}

export interface AppService {
  readonly handlers: Handlers<AppContract>['app'];
  /**
   * Runs a write whose failure must not take the screen's data away: a full disk is told of, and what was
   * read from the provider is still shown. `write` resolves with false if there was nothing to write, which proves
   * nothing.
   */
  tolerate(write: () => Promise<unknown>): Promise<void>;
}

/** Written into the log in a run: a page that fails at each frame must not fill the disk. */
const maxPageFaults = 50;

export function createAppService({ ports, storage, emit }: AppDeps): AppService {
  let storageFault: AppSnapshot['storageFault'] = null;
  let pageFaults = 0;

  async function snapshot(): Promise<AppSnapshot> {
    const { shell, version, release, clock } = ports;
    const hasEmbeddedProvider = ports.embedded !== undefined;
    return {
      shell,
      version,
      hasEmbeddedProvider,
      storage: await storage.status(),
      storageFault,
      notices: [...storage.notices()],
      age: judgeAge(release, clock.now()),
    };
  }

  async function emitSnapshot(): Promise<void> {
    emit('app.changed', await snapshot());
  }

  async function noteFault(fault: AppSnapshot['storageFault']): Promise<void> {
    const isNews = fault?.code !== storageFault?.code || fault?.reason !== storageFault?.reason;
    storageFault = fault;
    if (isNews) await emitSnapshot();
  }

  // A data folder that cannot be read tells so wherever it is asked.
  storage.onChange(
    () =>
      void emitSnapshot().catch((error: unknown) =>
        ports.log.error('the state of the storage could not be told', error),
      ),
  );
  return {
    handlers: {
      snapshot,
      restart() {
        if (!ports.restart) throw new AppError('not-offered');
        ports.restart();
        return {};
      },
      reportFault({ name, frames }) {
        pageFaults += 1;
        if (pageFaults <= maxPageFaults) ports.log.warn('the page failed', { name, at: frames.join(' < ') });
        return {};
      },
      async setAside({ file }) {
        await storage.setAside(file);
        return snapshot();
      },
    },
    async tolerate(write) {
      try {
        if ((await write()) !== false) await noteFault(null);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        ports.log.error('not kept on this computer', error);
        await noteFault(error.toShape());
      }
    },
  };
}
