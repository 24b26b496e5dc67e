import { defineStore } from 'pinia';
import { computed, shallowReadonly, shallowRef } from 'vue';
import type { Account } from '../../shared/contract/account/accounts.ts';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import { useHost } from '../host/host.ts';
import { asErrorShape } from '../lib/errors/error-shape.ts';
import { createResource } from '../lib/resource/resource.ts';

/** Every account on this computer, and which one is shown. */
export const useAccountsStore = defineStore('accounts', () => {
  const host = useHost();
  const {
    snapshot,
    loadError,
    apply,
    open: start,
  } = createResource(host, 'accounts.changed', { read: () => host.calls.accounts.list() });
  const isChecking = shallowRef(false);
  /** Why the last check or sign-out did not work. */
  const error = shallowRef<ErrorShape>();
  /** The provider that could not be told of the last sign-out; its name, for the screen that follows. */
  const unnotifiedProvider = shallowRef<string>();
  /** The same of a provider where a token still counts that has no end. */
  const tokenStaysAt = shallowRef<string>();

  const accounts = computed(() => snapshot.value?.accounts ?? []);
  const current = computed(() => find(snapshot.value?.currentId ?? ''));
  const isOffline = computed(() => current.value?.state.kind === 'offline');

  function find(id: string): Account | undefined {
    return accounts.value.find((each) => each.id === id);
  }

  /** Errors: those of the call. */
  async function reload(): Promise<void> {
    apply(await host.calls.accounts.list());
  }

  async function select(id: string): Promise<void> {
    apply(await host.calls.accounts.select({ id }));
  }

  /** Asks the provider of the current account again; the answer arrives as its new state. */
  async function check(): Promise<void> {
    if (!current.value || isChecking.value) return;
    isChecking.value = true;
    try {
      await host.calls.accounts.check({ id: current.value.id });
    } catch (reason) {
      error.value = asErrorShape(reason);
    } finally {
      isChecking.value = false;
    }
  }

  /**
   * With `forget` everything of it goes from this computer; with `revoke` a pasted token counts no more. Returns
   * whether it worked; `error` says why not.
   */
  async function signOut(account: Account, how: { forget: boolean; revoke?: boolean }): Promise<boolean> {
    error.value = undefined;
    try {
      const { providerNotified, staysSignedIn = false } = await host.calls.auth.signOut({
        accountId: account.id,
        ...how,
      });
      const untold = providerNotified ? undefined : account.providerName;
      const isToken = how.revoke === true || staysSignedIn;
      unnotifiedProvider.value = isToken ? undefined : untold;
      tokenStaysAt.value = isToken ? untold : undefined;
      await reload();
      return true;
    } catch (reason) {
      error.value = asErrorShape(reason);
      return false;
    }
  }

  return {
    accounts,
    current,
    isOffline,
    loadError,
    isChecking: shallowReadonly(isChecking),
    error,
    unnotifiedProvider,
    tokenStaysAt,
    start,
    reload,
    find,
    select,
    check,
    signOut,
  };
});
