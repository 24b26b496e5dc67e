import type { LinkedAccount } from '../../../shared/contract/account/linked-accounts.ts';
import { useReauthStore } from '../../account/reauth.store.ts';
import { useHost } from '../../host/host.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useIdentityAttempt } from '../../patterns/identity-attempt/use-identity-attempt.ts';
import { useLinkedAccountsStore } from './linked-accounts.store.ts';

/** Linking an identity, from the choice of its provider to the list that it is in (C3). */
export function useLinking(accountId: string) {
  const host = useHost();
  const store = useLinkedAccountsStore();
  const reauth = useReauthStore();
  const { isBusy, error, attempt, clear } = useAttempt();
  const { waiting, follow, openAgain, cancel } = useIdentityAttempt(host);

  /**
   * What was added; `already` if the person came back with an identity that is linked; undefined otherwise, then
   * `error` says why.
   */
  async function link(providerId: string): Promise<LinkedAccount | 'already' | undefined> {
    let added: LinkedAccount | 'already' | undefined;
    const known = new Set(store.snapshot?.linkedAccounts.map(({ id }) => id));
    const isDone = await attempt(async () => {
      const snapshot = await follow(
        () => reauth.run(() => host.calls.linkedAccounts.link({ accountId, providerId }), 'linkIdentity'),
        (id) => reauth.run(() => host.calls.linkedAccounts.finishLink({ attempt: id }), 'linkIdentity'),
      );
      store.apply(snapshot);
      added = snapshot.linkedAccounts.find(({ id }) => !known.has(id)) ?? 'already';
    });
    // The permission may be gone meanwhile.
    if (!isDone) await store.refresh();
    return added;
  }

  return { waiting, isBusy, error, link, openAgain, cancel, forget: clear };
}
