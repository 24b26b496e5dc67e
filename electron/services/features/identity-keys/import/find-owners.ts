import type { ImportRow } from '../../../../../shared/contract/keys/identity-keys.ts';
import type { ConnectionRegistry } from '../../../accounts/connection-registry.ts';
import type { FindOwner } from './import-batch.ts';
import type { AccountState } from '../../../resources/account-state.ts';
import type { KeptIdentityKeys } from '../list/identity-keys-document.ts';

/**
 * Finds the account that has a key already (K4), as last read: the connection's own first, then any other that is not
 * signed out.
 */
export function createFindOwners(
  registry: Pick<ConnectionRegistry, 'all'>,
  kept: Pick<AccountState<KeptIdentityKeys>, 'read'>,
): (connectionId: string) => Promise<FindOwner> {
  return async (connectionId) => {
    const owners = new Map<string, NonNullable<ImportRow['duplicateOf']>>();
    const { connections } = await registry.all();
    const inOrder = connections
      .filter((each) => !each.isSignedOut)
      .sort((a, b) => Number(b.id === connectionId) - Number(a.id === connectionId));
    for (const { id, providerName } of inOrder) {
      const reading = await kept.read(id).catch(() => undefined);
      for (const { sha256, title } of reading?.state.keys ?? [])
        if (!owners.has(sha256)) owners.set(sha256, { connectionId: id, providerName, title });
    }
    return (sha256) => owners.get(sha256) ?? null;
  };
}
