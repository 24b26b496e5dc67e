import type { Clock } from '../ports.ts';
import type { AccountRegistry } from './account-registry.ts';
import type { SignedInAccounts } from './signed-in-accounts.ts';

/**
 * Finds out that the service of the account shown is gone while somebody looks at the app (D5): without it, it counts
 * as online until something is tried. Once it is offline the reconnector takes over.
 */
export interface PresenceCheck {
  /** Somebody looks at the app now: asks the service, if it was not asked just before. Never throws. */
  look(): Promise<void>;
}

export interface PresenceCheckDeps {
  readonly clock: Clock;
  readonly registry: Pick<AccountRegistry, 'all'>;
  readonly signedIn: Pick<SignedInAccounts, 'probe'>;
}

/** Between two questions, milliseconds; twice as long after each that failed. */
const pauseMs = 25_000;
const maxPauseMs = 10 * 60_000;

export function createPresenceCheck({ clock, registry, signedIn }: PresenceCheckDeps): PresenceCheck {
  let isAsking = false;
  let asked: string | null = null;
  let failures = 0;
  let nextAt = 0;

  async function ask(): Promise<void> {
    const { currentId } = await registry.all();
    // What another account's service did says nothing of this one.
    if (currentId !== asked) failures = nextAt = 0;
    asked = currentId;
    if (clock.monotonic() < nextAt) return;
    const outcome = currentId === null ? 'not-asked' : await signedIn.probe(currentId);
    if (outcome === 'not-asked') return;
    failures = outcome === 'there' ? 0 : failures + 1;
    nextAt = clock.monotonic() + Math.min(pauseMs * 2 ** failures, maxPauseMs);
  }

  return {
    async look() {
      if (isAsking) return;
      isAsking = true;
      // A key store that is locked says so where it is needed.
      await ask().catch(() => undefined);
      isAsking = false;
    },
  };
}
