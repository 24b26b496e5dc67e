import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { EventMessage } from '../../shared/rpc/transport.ts';
import type { Services } from './services.ts';

/** The services from one unlocking to the next lock. */
export interface Run extends Services {
  /**
   * Keeps a mark that the passphrase is to be asked for, waits for what is being written, refuses the rest, and wipes
   * the keys. Errors: AppError not-offered where no passphrase opens it again; nothing has happened then.
   */
  lock(): Promise<void>;
}

export interface RunOptions {
  /** Whatever else opens what is kept: the passphrase first. */
  readonly isLocked: boolean;
  /** Called once the lock was asked for. */
  readonly onLock: () => Promise<void>;
}

/**
 * Services that can be locked (X11). To lock is to end all that runs and to begin anew, as at a start: whatever any
 * service holds of a person in memory goes with it, and none can be forgotten. What an old one still has to say reaches
 * nobody.
 */
export async function createLockable(make: (options: RunOptions) => Promise<Run>): Promise<Services> {
  const listeners = new Set<(message: EventMessage) => void>();
  const tell = (message: EventMessage): void => {
    for (const listener of listeners) listener(message);
  };
  let locking: Promise<void> | undefined;
  let { run, stop } = await begin(false);

  async function begin(isLocked: boolean) {
    const made = await make({ isLocked, onLock: () => (locking ??= lock().finally(() => (locking = undefined))) });
    return { run: made, stop: made.onEvent(tell) };
  }

  async function lock(): Promise<void> {
    const before = run;
    await before.lock();
    stop();
    // Whoever shows something need not wait for what takes long to end; what they ask waits.
    tell({ channel: 'vault.locked', payload: {} });
    await before.close().catch(() => undefined);
    ({ run, stop } = await begin(true));
  }

  /**
   * What is asked while it is being locked is for the services after that. What was asked before may have been done,
   * but its answer is of a person, who is not there any more.
   */
  async function relay(ask: Ask, isLock: boolean): Promise<unknown> {
    if (isLock) return ask(run.handlers);
    await locking?.catch(() => undefined);
    const asked = run;
    const answer = Promise.resolve().then(() => ask(asked.handlers));
    await answer.catch(() => undefined);
    await locking?.catch(() => undefined);
    if (asked !== run) throw new AppError('key-store-unavailable', { reason: 'passphrase-needed' });
    return answer;
  }

  return {
    handlers: relayHandlers(relay),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clearClipboard: () => run.clearClipboard(),
    async close() {
      await locking?.catch(() => undefined);
      await run.close();
    },
  };
}

type Ask = (handlers: Services['handlers']) => unknown;
type Table = Readonly<Record<string, Readonly<Record<string, (input: unknown) => unknown>>>>;

/** Each call goes to the services as they are when it comes. */
function relayHandlers(relay: (ask: Ask, isLock: boolean) => Promise<unknown>): Services['handlers'] {
  const groups = Object.entries(contract).map(([group, entries]) => {
    const verbs = Object.entries(entries).filter(([, entry]) => entry.kind === 'call');
    const relays = verbs.map(([verb]) => {
      const ask = (input: unknown) => (handlers: object) => (handlers as Table)[group]?.[verb]?.(input);
      return [verb, (input: unknown) => relay(ask(input), group === 'vault' && verb === 'lock')];
    });
    return [group, Object.fromEntries(relays)];
  });
  return Object.fromEntries(groups) as Services['handlers'];
}
