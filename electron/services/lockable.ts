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
    await before.close().catch(() => undefined);
    ({ run, stop } = await begin(true));
    tell({ channel: 'vault.locked', payload: {} });
  }

  return {
    handlers: relayHandlers(() => run.handlers),
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

type Table = Readonly<Record<string, Readonly<Record<string, (input: unknown) => unknown>>>>;

/** Each call goes to the services as they are when it comes. */
function relayHandlers(current: () => Services['handlers']): Services['handlers'] {
  const groups = Object.entries(contract).map(([group, entries]) => {
    const verbs = Object.entries(entries).filter(([, entry]) => entry.kind === 'call');
    const relays = verbs.map(([verb]) => [verb, (input: unknown) => (current() as Table)[group]?.[verb]?.(input)]);
    return [group, Object.fromEntries(relays)];
  });
  return Object.fromEntries(groups) as Services['handlers'];
}
