import * as z from 'zod';
import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { DiscoveredProvider } from '../../openid/authorization.ts';
import type { AccountHandOff, HandOffClaim } from '../account-hand-off.ts';
import type { SignedSender } from '../signed-sender.ts';

interface Action {
  /** Application-initiated action (`kc_action`). */
  readonly action: string;
  /** What it changes, below the account API. */
  readonly path: string;
}

const actions: Readonly<Partial<Record<Operation, Action>>> = {
  'password.change': { action: 'UPDATE_PASSWORD', path: '/account/credentials?type=password' },
};

const claims: Readonly<Record<string, HandOffClaim>> = { success: 'done', cancelled: 'cancelled', error: 'not-shown' };

/** Who may do each on its pages, the page itself decides. */
export function handOffAccess(issuer: string): OperationAccess {
  const access = { kind: 'hand-off', page: new URL(issuer).host, comesBack: true } as const;
  return Object.fromEntries(Object.keys(actions).map((operation) => [operation, access]));
}

/** Keycloak's own pages, opened as authorization requests with `kc_action`. */
export function createKeycloakHandOff(send: SignedSender, server: () => Promise<DiscoveredProvider>): AccountHandOff {
  return {
    async handOff(operation) {
      const found = actions[operation];
      if (!found) throw new AppError('not-offered');
      const { begin } = await server();
      return {
        read: async () => (await send({ method: 'GET', path: found.path, schema: z.unknown() })).body,
        page: {
          comesBack: true,
          async addressFor(back) {
            // The code that comes back is of no use here, and is not traded.
            return (await begin({ ...back, parameters: { kc_action: found.action } })).address;
          },
          claimOf: (redirect) => claims[redirect.searchParams.get('kc_action_status') ?? ''] ?? 'unknown',
        },
      };
    },
  };
}
