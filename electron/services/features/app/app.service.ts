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
  /** Errors: not-offered. */
  readonly lock: () => Promise<void>;
}

/** Written into the log in a run: a page that fails at each frame must not fill the disk. */
const maxPageFaults = 50;

/** The app itself: its version, what protects its data, and what of that went wrong. */
export class AppService {
  readonly #deps: AppDeps;
  #storageFault: AppSnapshot['storageFault'] = null;
  #askedOrigin: string | null = null;
  #pageFaults = 0;

  constructor(deps: AppDeps) {
    this.#deps = deps;
    deps.storage.onChange(() => this.#tell());
  }

  readonly handlers: Handlers<AppContract>['app'] = {
    snapshot: () => this.#snapshot(),
    restart: () => {
      const { restart } = this.#deps.ports;
      if (!restart) throw new AppError('not-offered');
      restart();
      return {};
    },
    reportFault: ({ name, frames }) => {
      this.#pageFaults += 1;
      if (this.#pageFaults <= maxPageFaults)
        this.#deps.ports.log.warn('the page failed', { name, at: frames.join(' < ') });
      return {};
    },
    setAside: ({ file }) => this.#after(() => this.#deps.storage.setAside(file)),
  };

  /** What opens what is kept here. Each answers how it is then. */
  readonly vaultHandlers: Handlers<AppContract>['vault'] = {
    unlock: ({ passphrase }) => this.#after(() => this.#deps.storage.unlock(passphrase)),
    protect: (wish) => this.#after(() => this.#deps.storage.protect(wish)),
    keepNothing: () => this.#after(() => this.#deps.storage.keepNothing()),
    giveUp: () => this.#after(() => this.#deps.storage.giveUp()),
    lock: async () => {
      await this.#deps.lock();
      return {};
    },
  };

  /**
   * Runs a write whose failure must not take the screen's data away: a full disk is told of, and what was
   * read from the provider is still shown. `write` resolves with false if there was nothing to write, which proves
   * nothing.
   */
  async tolerate(write: () => Promise<unknown>): Promise<void> {
    try {
      if ((await write()) !== false) await this.#noteFault(null);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#deps.ports.log.error('not kept on this computer', error);
      await this.#noteFault(error.toShape());
    }
  }

  /** The shell asks the person whether the app may connect to `origin`; null once they have answered. */
  noteAsking(origin: string | null): void {
    this.#askedOrigin = origin;
    this.#tell();
  }

  async #after(act: () => Promise<void> | void): Promise<AppSnapshot> {
    await act();
    return this.#snapshot();
  }

  async #snapshot(): Promise<AppSnapshot> {
    const { ports, storage } = this.#deps;
    const { shell, version, release, clock } = ports;
    const hasEmbeddedProvider = ports.embedded !== undefined;
    return {
      shell,
      version,
      hasEmbeddedProvider,
      storage: await storage.status(),
      storageFault: this.#storageFault,
      notices: [...storage.notices()],
      age: judgeAge(release, clock.now()),
      askedOrigin: this.#askedOrigin,
    };
  }

  /** A data folder that cannot be read tells so wherever it is asked. */
  #tell(): void {
    const { log } = this.#deps.ports;
    this.#emitSnapshot().catch((error: unknown) => log.error('the state of the app could not be told', error));
  }

  async #emitSnapshot(): Promise<void> {
    this.#deps.emit('app.changed', await this.#snapshot());
  }

  async #noteFault(fault: AppSnapshot['storageFault']): Promise<void> {
    const known = this.#storageFault;
    const isNews = fault?.code !== known?.code || fault?.reason !== known?.reason;
    this.#storageFault = fault;
    if (isNews) await this.#emitSnapshot();
  }
}
