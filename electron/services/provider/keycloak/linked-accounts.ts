import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { cleanShort } from '../../core/clean-text.ts';
import type { LinkedAccountsState, ProviderLinkedAccounts } from '../account-linked-accounts.ts';
import { toSegment, type SignedSender } from '../signed-sender.ts';
import { credentialsOf, readCredentials } from './credentials/credentials.ts';
import type { AccountRoles } from './roles.ts';
import type { Senders } from './senders.ts';

const remoteLinksSchema = z
  .array(
    z.object({
      connected: z.boolean(),
      /** Names an identity provider within the realm. */
      providerAlias: z.string().min(1).max(200),
      displayName: z.string().nullish(),
      linkedUsername: z.string().nullish(),
    }),
  )
  .max(1_000);
type RemoteLink = z.infer<typeof remoteLinksSchema>[number];

const path = '/account/linked-accounts';

/** Every identity provider of the realm, linked or not. */
export async function readLinks(send: SignedSender): Promise<RemoteLink[]> {
  return (await send({ method: 'GET', path, schema: remoteLinksSchema })).body;
}

type LinkedAccountsCalls = Pick<ProviderLinkedAccounts, 'linkedAccounts' | 'unlinkIdentity'>;

/** Linking is done on a page (`hand-off.ts`). */
export function createKeycloakLinkedAccounts({ read, write }: Senders, roles: AccountRoles): LinkedAccountsCalls {
  /** Its words come in the language of the request, or in an administrator's: what is there says more. */
  async function explainUnlink(alias: string): Promise<AppError> {
    const linked = (await readLinks(read)).filter(({ connected }) => connected);
    if (linked.every(({ providerAlias }) => providerAlias !== alias)) return new AppError('not-found');
    const hasPassword = credentialsOf(await readCredentials(read, 'password'), 'password').length > 0;
    return new AppError('forbidden', linked.length === 1 && !hasPassword ? { reason: 'last-way-in' } : {});
  }

  return {
    async linkedAccounts() {
      return toState(await readLinks(read), await roles.accessBy('manage-account'));
    },
    async unlinkIdentity(alias) {
      try {
        await write({ method: 'DELETE', path: `${path}/${toSegment(alias)}`, schema: z.unknown() });
      } catch (error) {
        const isRefused = error instanceof AppError && error.code === 'invalid-request';
        throw isRefused ? await explainUnlink(alias) : error;
      }
    },
  };
}

const maxLinked = 200;
const maxProviders = 50;

function toState(links: readonly RemoteLink[], access: LinkedAccountsState['access']): LinkedAccountsState {
  const linked = links.filter(({ connected }) => connected).slice(0, maxLinked);
  const others = links.filter(({ connected }) => !connected).slice(0, maxProviders);
  return {
    access: links.length === 0 ? { kind: 'not-offered' } : access,
    providers: others.map((link) => ({ id: link.providerAlias, name: nameOf(link) })),
    linkedAccounts: linked.map((link) => ({
      id: link.providerAlias,
      provider: nameOf(link),
      label: toShown(link.linkedUsername),
      addedAt: null,
    })),
  };
}

function nameOf({ displayName, providerAlias }: RemoteLink): string {
  return toShown(displayName) || toShown(providerAlias);
}

function toShown(text: string | null | undefined): string {
  return cleanShort(text, 300);
}
