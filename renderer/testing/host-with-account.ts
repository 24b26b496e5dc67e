import type { Account } from '../../shared/contract/account/accounts.ts';
import { useAccountsStore } from '../account/accounts.store.ts';
import { createTestHost, type TestHost } from './host-for-tests.ts';

/** The fake services with one account, which the screens know of already. */
export async function createHostWithAccount(changes: Partial<Account> = {}): Promise<TestHost> {
  const host = createTestHost();
  host.services.addAccount(changes);
  await useAccountsStore(host.pinia).reload();
  return host;
}
