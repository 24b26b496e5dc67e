import { contract } from '../../shared/contract/index.ts';
import type { EventMessage } from '../../shared/rpc/transport.ts';
import type { Services } from './services.ts';
import type { SealedStorage } from './vault/sealed-storage.ts';
import { passphraseNeeded } from './core/passphrase-needed.ts';

/** The services from one unlocking to the next lock. */
export interface Run extends Services {
  /**
   * Keeps a mark that the passphrase is to be asked for, waits for what is being written, refuses the rest, and wipes
   * the keys. Errors: AppError not-offered where no passphrase opens it again; nothing has happened then.
   */
  lock(): Promise<void>;
  /**
   * Waits for what is being written and refuses the rest, as a lock does, but leaves the keys: others take over on the
   * storage that it answers.
   */
  pause(): Promise<SealedStorage>;
}

export interface RunOptions {
  /** Whatever else opens what is kept: the passphrase first. */
  readonly isLocked: boolean;
  /** Called once the lock was asked for. */
  readonly onLock: () => Promise<void>;
  /** Of the run before, where that was renewed. */
  readonly storage?: SealedStorage;
  /**
   * Changes what is kept while nothing else runs; whatever becomes of it, the services begin anew. Errors: those of
   * `change`.
   */
  readonly renew: (change: (storage: SealedStorage) => Promise<void>) => Promise<void>;
}

/** Calls that end the services which they ask: their own answer is for whoever asked all the same. */
const ending: ReadonlySet<string> = new Set(['vault.lock', 'transfer.finishImport']);
/** Calls by which a page hands over what was typed last, before the services that it is typed for are locked (X5). */
const handingOver: ReadonlySet<string> = new Set(
  ['get', 'save', 'discard', 'confirmKept'].map((verb) => `drafts.${verb}`),
);

/**
 * Services that can be locked (X11). To lock is to end all that runs and to begin anew, as at a start: whatever any
 * service holds of a person in memory goes with it, and none can be forgotten. What an old one still has to say reaches
 * nobody.
 */
export async function createLockable(make: (options: RunOptions) => Promise<Run>): Promise<Services> {
  const runs = new Runs(make);
  await runs.begin(false);
  return {
    handlers: relayHandlers((ask, channel) => runs.relay(ask, channel)),
    onEvent: (listener) => runs.onEvent(listener),
    clearClipboard: () => runs.current.clearClipboard(),
    keepTyped: () => runs.current.keepTyped(),
    async close() {
      await runs.settled();
      await runs.current.close();
    },
  };
}

/** One run of the services after another. */
class Runs {
  readonly #make: (options: RunOptions) => Promise<Run>;
  readonly #listeners = new Set<(message: EventMessage) => void>();
  #run: Run | undefined;
  #stop: () => void = () => undefined;
  #locking: Promise<void> | undefined;
  /** A lock has begun, and the page is asked for what was typed last. */
  #isCollecting = false;
  #renewing: Promise<void> | undefined;

  constructor(make: (options: RunOptions) => Promise<Run>) {
    this.#make = make;
  }

  get current(): Run {
    if (!this.#run) throw new Error('no services yet');
    return this.#run;
  }

  onEvent(listener: (message: EventMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async begin(isLocked: boolean, storage?: SealedStorage): Promise<void> {
    const made = await this.#make({
      isLocked,
      ...(storage && { storage }),
      onLock: () => (this.#locking ??= this.#lock().finally(() => (this.#locking = undefined))),
      renew: async (change) => {
        if (made !== this.#run || this.#locking || this.#renewing) throw passphraseNeeded();
        await (this.#renewing = this.#renew(change).finally(() => (this.#renewing = undefined)));
      },
    });
    this.#run = made;
    this.#stop = made.onEvent((message) => this.#tell(message));
  }

  /** What changes the services is over. */
  async settled(): Promise<void> {
    await this.#locking?.catch(() => undefined);
    await this.#renewing?.catch(() => undefined);
  }

  /**
   * What is asked while it is being locked or renewed is for the services after that. What was asked before may have
   * been done, but its answer is of a person, who is not there any more.
   */
  async relay(ask: Ask, channel: string): Promise<unknown> {
    if (ending.has(channel)) return ask(this.current.handlers);
    await this.#settledFor(channel);
    const asked = this.current;
    const answer = Promise.resolve().then(() => ask(asked.handlers));
    await answer.catch(() => undefined);
    await this.#settledFor(channel);
    if (asked !== this.#run) throw passphraseNeeded();
    return answer;
  }

  /** What is handed over before a lock is for the services that are still to be locked. */
  async #settledFor(channel: string): Promise<void> {
    if (!this.#isCollecting || !handingOver.has(channel)) await this.settled();
  }

  #tell(message: EventMessage): void {
    for (const listener of this.#listeners) listener(message);
  }

  async #lock(): Promise<void> {
    await this.#renewing?.catch(() => undefined);
    const before = this.current;
    this.#isCollecting = true;
    await before.keepTyped().finally(() => (this.#isCollecting = false));
    await before.lock();
    this.#stop();
    // Whoever shows something need not wait for what takes long to end; what they ask waits.
    this.#tell({ channel: 'vault.locked', payload: {} });
    await before.close().catch(() => undefined);
    await this.begin(true);
  }

  async #renew(change: (storage: SealedStorage) => Promise<void>): Promise<void> {
    const before = this.current;
    const storage = await before.pause();
    let hasChanged = false;
    try {
      await change(storage);
      hasChanged = true;
    } finally {
      this.#stop();
      await before.close().catch(() => undefined);
      await this.begin(false, storage);
      if (hasChanged) this.#tell({ channel: 'transfer.imported', payload: {} });
    }
  }
}

type Ask = (handlers: Services['handlers']) => unknown;
type Table = Readonly<Record<string, Readonly<Record<string, (input: unknown) => unknown>>>>;

/** Each call goes to the services as they are when it comes. */
function relayHandlers(relay: (ask: Ask, channel: string) => Promise<unknown>): Services['handlers'] {
  const groups = Object.entries(contract).map(([group, entries]) => {
    const verbs = Object.entries(entries).filter(([, entry]) => entry.kind === 'call');
    const relays = verbs.map(([verb]) => {
      const ask = (input: unknown) => (handlers: object) => (handlers as Table)[group]?.[verb]?.(input);
      return [verb, (input: unknown) => relay(ask(input), `${group}.${verb}`)];
    });
    return [group, Object.fromEntries(relays)];
  });
  return Object.fromEntries(groups) as Services['handlers'];
}
