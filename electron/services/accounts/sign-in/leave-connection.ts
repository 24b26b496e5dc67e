import type { ConnectionRegistry } from '../connection-registry.ts';
import type { ConnectionsService } from '../connections.service.ts';
import type { SignedInAccounts } from '../signed-in-accounts.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import type { Targets } from '../targets/targets.ts';

export interface LeavingParts {
  readonly registry: ConnectionRegistry;
  readonly signedIn: Pick<SignedInAccounts, 'drop'>;
  readonly targets: Pick<Targets, 'eraseEmbedded'>;
  readonly connections: Pick<ConnectionsService, 'announce'>;
  readonly events: Pick<ServiceEmitter, 'emit'>;
}

/** The two ways of leaving a connection on this computer; the provider is not told. */
export interface Leaving {
  /** Removes it with all that is kept of it. */
  forget(connectionId: string): Promise<void>;
  /** It stays, and nothing of it shows until the person signs in again. */
  rest(connectionId: string): Promise<void>;
}

export function createLeaving({ registry, signedIn, targets, connections, events }: LeavingParts): Leaving {
  async function eraseEmbeddedIfUnused(): Promise<void> {
    const { connections: left } = await registry.all();
    if (left.every(({ target }) => target.kind !== 'embedded')) await targets.eraseEmbedded();
  }

  return {
    async forget(connectionId) {
      const { target } = await registry.get(connectionId);
      // First out of the list, so that a late reading finds no place to be kept in. Each step is taken whatever became
      // of the one before: on a full disk the list cannot be written, and the data goes all the same.
      await signedIn
        .drop(connectionId)
        .finally(() => registry.remove(connectionId))
        .finally(() => events.emit('forgotten', { connectionId }));
      if (target.kind === 'embedded') await eraseEmbeddedIfUnused();
      await connections.announce();
    },
    async rest(connectionId) {
      await signedIn.drop(connectionId);
      await registry.update(connectionId, (now) => ({ ...now, isSignedOut: true }));
      await connections.announce();
    },
  };
}
