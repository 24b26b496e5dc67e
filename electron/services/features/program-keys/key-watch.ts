import { AppError } from '../../../../shared/contract/errors.ts';
import { nativeText } from '../../core/native-text.ts';
import type { Clock, Log, Notifier } from '../../ports.ts';
import type { AccountRegistry } from '../../accounts/account-registry.ts';
import type { StoredAccount } from '../../accounts/accounts.stored.ts';
import type { AccountState } from '../../resources/account-state.ts';
import type { KeysState } from './keys-state.ts';
import { localDay } from '../../../../shared/rules/local-day.ts';
import { findReminders, withReminded, type Reminder } from './reminders.ts';

export interface KeyWatchDeps {
  readonly registry: Pick<AccountRegistry, 'all'>;
  readonly states: Pick<AccountState<KeysState>, 'read' | 'note'>;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks the provider for all keys of an account, so that those never looked at are kept too. Errors: AppError. */
  readonly read: (accountId: string) => Promise<unknown>;
  /** Done for each signed-in account at each round, after its reminders. */
  readonly onRound: (accountId: string) => Promise<void>;
}

export interface KeyWatch {
  /**
   * The person was at this account: its keys are read at the next round. Nothing is asked for one that is left
   * alone.
   */
  markUsed(accountId: string): void;
  stop(): void;
}

// Milliseconds. The first round waits until the window is there; a computer that slept is at most one round late.
const firstRoundMs = 10_000;
const nextRoundMs = 3_600_000;

/** Goes through the keys of all accounts once an hour, and tells of those that end soon (X3). */
export function watchKeys({ registry, states, notifier, clock, log, read, onRound }: KeyWatchDeps): KeyWatch {
  const end = new AbortController();
  const used = new Set<string>();

  async function remind(account: StoredAccount): Promise<void> {
    for (const reminder of findReminders(await states.read(account.id), clock.now())) {
      // What the system did not take is told in the next round again.
      if (await notifier.show(describe(reminder, account)))
        await states.note(account.id, (state) => withReminded(state, reminder));
    }
  }

  async function goRound(): Promise<void> {
    const { accounts } = await registry.all();
    for (const account of accounts) {
      // One whose data cannot be read, or a locked key store, may be all right by the next round; the others get
      // theirs now.
      if (!account.isSignedOut) await visit(account).catch(logFault);
    }
  }

  async function visit(account: StoredAccount): Promise<void> {
    if (used.delete(account.id)) await read(account.id).catch(logFault);
    await remind(account);
    await onRound(account.id);
  }

  function logFault(error: unknown): void {
    if (!(error instanceof AppError)) log.error('the round through the keys failed', error);
  }

  async function run(): Promise<void> {
    for (let wait = firstRoundMs; ; wait = nextRoundMs) {
      await clock.sleep(wait, end.signal);
      await goRound().catch(logFault);
    }
  }

  // Ends by the signal alone.
  run().catch(() => undefined);
  return { markUsed: (accountId) => void used.add(accountId), stop: () => end.abort() };
}

function describe(
  { kind, name, end, isOwn, days }: Reminder,
  { providerName }: StoredAccount,
): { title: string; body: string } {
  const values = { name, provider: providerName, day: localDay(end) };
  return isOwn
    ? { title: nativeText(`reminder.${kind}.replace`, { count: days }), body: nativeText('reminder.replaceBy', values) }
    : { title: nativeText(`reminder.${kind}.ends`, { count: days }), body: nativeText('reminder.endsOn', values) };
}
