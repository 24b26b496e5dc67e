import { onScopeDispose, shallowReadonly, shallowRef } from 'vue';
import type { IdentityAttempt } from '../../../shared/contract/account/linked-accounts.ts';
import type { Host } from '../../host/host.ts';

/** A sign-in at an identity provider that the person goes through in the browser. */
export function useIdentityAttempt(host: Host) {
  const waiting = shallowRef<IdentityAttempt>();

  /** Begins it, waits for its end and gives what came of it. Errors: those of both. */
  async function follow<T>(begin: () => Promise<IdentityAttempt>, finish: (attempt: string) => Promise<T>): Promise<T> {
    const begun = await begin();
    waiting.value = begun;
    try {
      return await finish(begun.attempt);
    } finally {
      if (waiting.value?.attempt === begun.attempt) waiting.value = undefined;
    }
  }

  async function openAgain(): Promise<void> {
    const { attempt } = waiting.value ?? {};
    if (attempt === undefined) return;
    // If it is over by now, its end says why.
    const opened = await host.calls.linkedAccounts.openAgain({ attempt }).catch(() => undefined);
    if (opened && waiting.value?.attempt === attempt) waiting.value = opened;
  }

  /** What waits for it ends with `cancelled`. */
  function cancel(): void {
    const { attempt } = waiting.value ?? {};
    // If the services cannot be asked, they are gone, and the attempt with them.
    if (attempt !== undefined) host.calls.linkedAccounts.cancel({ attempt }).catch(() => undefined);
  }

  // Who leaves the screen would not learn how it ended.
  onScopeDispose(cancel, true);

  return { waiting: shallowReadonly(waiting), follow, openAgain, cancel };
}
