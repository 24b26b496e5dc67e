import type { ProfileSnapshot } from '../../../shared/contract/account/profile.ts';
import type { useAccountsStore } from '../../account/accounts.store.ts';
import { watchForGood } from '../../account/follow-current.ts';
import { onForgotten } from '../../account/on-forgotten.ts';
import { onNewSession } from '../../account/on-new-session.ts';
import type { Host } from '../../host/host.ts';
import type { KeptReading } from '../../lib/snapshots/kept-reading.ts';

interface FollowOptions {
  readonly host: Host;
  readonly accounts: ReturnType<typeof useAccountsStore>;
  readonly reading: KeptReading<ProfileSnapshot>;
  /** Waits for a running Update, whose answer must not look like a clash. */
  readonly afterUpdate: (act: () => void) => void;
  readonly clearMessages: () => void;
  /** Drops the draft of an account. */
  readonly forget: (accountId: string) => void;
}

/** Listens to what the services tell of the profile from now on. */
export function followServices({ host, accounts, reading, afterUpdate, clearMessages, forget }: FollowOptions): void {
  const { accountId } = reading;
  host.on('profile.changed', (next) => afterUpdate(() => reading.apply(next)));
  host.onResync(() => void (accountId.value && reading.refresh()));
  watchForGood(() => {
    onForgotten(accounts, forget);
    // What was kept meanwhile is locked, and what was said of the session before is over.
    onNewSession(accounts, accountId, () => {
      clearMessages();
      void reading.refresh();
    });
  });
}
