import type { ImportRow } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { AccountRegistry } from '../../../accounts/account-registry.ts';
import type { FindOwner } from './import-batch.ts';
import type { AccountState } from '../../../resources/account-state.ts';
import type { CachedSshKeys } from '../list/ssh-keys-document.ts';

/**
 * Finds the account that has a key already (K4), as last read: the account's own first, then any other that is not
 * signed out.
 */
export function createFindOwners(
  registry: Pick<AccountRegistry, 'all'>,
  states: Pick<AccountState<CachedSshKeys>, 'read'>,
): (accountId: string) => Promise<FindOwner> {
  return async (accountId) => {
    const owners = new Map<string, NonNullable<ImportRow['duplicateOf']>>();
    const { accounts } = await registry.all();
    const inOrder = accounts
      .filter((each) => !each.isSignedOut)
      .sort((a, b) => Number(b.id === accountId) - Number(a.id === accountId));
    for (const { id, providerName } of inOrder) {
      const reading = await states.read(id).catch(() => undefined);
      const { keys, hasListPerUsage = false } = reading?.state ?? { keys: [] };
      for (const { sha256, title, usage } of keys) {
        // It can still be added to the other list of its account.
        const canBeMore = hasListPerUsage && id === accountId && usage !== 'both';
        if (!canBeMore && !owners.has(sha256)) owners.set(sha256, { accountId: id, providerName, title });
      }
    }
    return (sha256) => owners.get(sha256) ?? null;
  };
}
