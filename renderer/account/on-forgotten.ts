import { watch } from 'vue';
import type { useAccountsStore } from './accounts.store.ts';

/** Tells of each account that is no longer on this computer, before anything else hears of the new list. */
export function onForgotten(accounts: ReturnType<typeof useAccountsStore>, act: (accountId: string) => void): void {
  watch(
    () => accounts.accounts.map(({ id }) => id),
    (ids, before) => before.filter((id) => !ids.includes(id)).forEach(act),
    { flush: 'sync' },
  );
}
