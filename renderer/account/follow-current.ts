import { effectScope, watch } from 'vue';
import { useAccountsStore } from './accounts.store.ts';

/** Opens the account that is shown: at once, when it is another one, and when it can be reached again. */
export function followCurrent(open: (accountId: string) => Promise<void>): void {
  const accounts = useAccountsStore();
  const usableId = () => (accounts.current?.state.kind === 'signed-out' ? undefined : accounts.current?.id);
  watch([usableId, () => accounts.isOffline], ([id]) => id && void open(id), { immediate: true });
}

/**
 * For what a store begins to watch after its setup: a component may be the first to need it, and what is watched in
 * the setup of a component ends with that, while the store goes on. Stores live as long as the window.
 */
export function watchForGood(begin: () => void): void {
  effectScope(true).run(begin);
}
