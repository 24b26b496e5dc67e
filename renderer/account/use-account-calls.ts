import { shallowReadonly, shallowRef, type Ref } from 'vue';
import type { Account, AccountsSnapshot } from '../../shared/contract/account/accounts.ts';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import type { Host } from '../host/host.ts';
import { asErrorShape } from '../lib/errors/error-shape.ts';

interface AccountCallsOptions {
  readonly host: Host;
  readonly current: Readonly<Ref<Account | undefined>>;
  /** Takes over a newer list. */
  readonly set: (snapshot: AccountsSnapshot) => void;
}

/** What is asked of the services about one account, and why it did not work. */
export function useAccountCalls({ host, current, set }: AccountCallsOptions) {
  const isChecking = shallowRef(false);
  const error = shallowRef<ErrorShape>();
  /** The provider that could not be told of the last sign-out; its name, for the screen that follows. */
  const unnotifiedProvider = shallowRef<string>();

  async function select(id: string): Promise<void> {
    set(await host.calls.accounts.select({ id }));
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

  /** With `forget` everything of it goes from this computer. Returns whether it worked; `error` says why not. */
  async function signOut(account: Account, { forget }: { forget: boolean }): Promise<boolean> {
    error.value = undefined;
    try {
      const { providerNotified } = await host.calls.auth.signOut({ accountId: account.id, forget });
      unnotifiedProvider.value = providerNotified ? undefined : account.providerName;
      set(await host.calls.accounts.list());
      return true;
    } catch (reason) {
      error.value = asErrorShape(reason);
      return false;
    }
  }

  return { isChecking: shallowReadonly(isChecking), error, unnotifiedProvider, select, check, signOut };
}
