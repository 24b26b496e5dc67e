import type { AccountRegistry } from '../account-registry.ts';
import type { AccountsService } from '../accounts.service.ts';
import type { SignedInAccounts } from '../signed-in-accounts.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import type { Targets } from '../targets/targets.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';

export interface LeavingDeps {
  readonly registry: AccountRegistry;
  readonly signedIn: Pick<SignedInAccounts, 'endSession'>;
  readonly targets: Pick<Targets, 'eraseEmbedded'>;
  readonly accounts: Pick<AccountsService, 'emitChanged'>;
  readonly events: Pick<ServiceEmitter, 'emit'>;
  readonly storage: Pick<SealedStorage, 'removeAllOf'>;
}

/** The two ways of leaving an account on this computer; the provider is not told. */
export interface Leaving {
  /** Removes it with all that is kept of it. */
  forget(accountId: string): Promise<void>;
  /** It stays, and nothing of it shows until the person signs in again. */
  signOut(accountId: string): Promise<void>;
}

export function createLeaving({ registry, signedIn, targets, accounts, events, storage }: LeavingDeps): Leaving {
  async function eraseEmbeddedIfUnused(): Promise<void> {
    const { accounts: left } = await registry.all();
    if (left.every(({ target }) => target.kind !== 'embedded')) await targets.eraseEmbedded();
  }

  return {
    async forget(accountId) {
      const { target } = await registry.get(accountId);
      // First out of the list, so that a late reading finds no place to be kept in. Each step is taken whatever became
      // of the one before: on a full disk the list cannot be written, and the data goes all the same.
      await signedIn
        .endSession(accountId)
        .finally(() => registry.remove(accountId))
        .finally(() => events.emit('forgotten', { accountId }))
        .finally(() => storage.removeAllOf(accountId));
      if (target.kind === 'embedded') await eraseEmbeddedIfUnused();
      await accounts.emitChanged();
    },
    async signOut(accountId) {
      await signedIn.endSession(accountId);
      await registry.update(accountId, (now) => ({ ...now, isSignedOut: true }));
      await accounts.emitChanged();
    },
  };
}
