import { watch, type Ref } from 'vue';
import type { useAccountsStore } from './accounts.store.ts';

/** Tells when an account's session had ended and the person has signed in again. */
export function onNewSession(
  accounts: ReturnType<typeof useAccountsStore>,
  accountId: Readonly<Ref<string>>,
  act: () => void,
): void {
  watch(
    () => [accountId.value, accounts.find(accountId.value)?.state.kind] as const,
    ([id, kind], [idBefore, kindBefore]) => {
      if (id === idBefore && kindBefore === 'signed-out' && kind !== undefined) act();
    },
  );
}
