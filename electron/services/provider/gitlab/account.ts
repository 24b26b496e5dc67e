import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { DiscoveredProvider } from '../../openid/authorization.ts';
import type { Clock } from '../../ports.ts';
import { absentResources } from '../absent/absent-resources.ts';
import { createShownPicture } from '../common/shown-picture.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createGitlabDeletion } from './deletion.ts';
import { createGitlabEmails } from './emails.ts';
import { createTokenScopes, type TokenScopes } from './http/scopes.ts';
import { createSenders } from './http/senders.ts';
import { nameOf } from './way-in/instance.ts';
import { createGitlabLinkedAccounts } from './linked-accounts.ts';
import { createGitlabAccessTokens } from './tokens/access-tokens.ts';
import { createGitlabOwnToken } from './tokens/own-token.ts';
import { createGitlabPages, handedOff, pageAccess } from './pages.ts';
import { readPerson } from './profile/person.ts';
import { createGitlabProfile } from './profile/profile.ts';
import { createGitlabSshKeys } from './ssh-keys.ts';
import { createVersionReader, type VersionReader } from './way-in/version.ts';

export interface GitlabAccountDeps {
  readonly http: HttpClient;
  readonly clock: Pick<Clock, 'now'>;
  readonly address: string;
  readonly tokens: TokenSource;
  /** For what the person granted on a page of it; undefined with a token that they pasted. */
  readonly server?: () => Promise<Pick<DiscoveredProvider, 'revoke'>>;
}

export function createGitlabAccount({ http, clock, address, tokens, server }: GitlabAccountDeps): ProviderAccount {
  const scopes = createTokenScopes(tokens.scopes, tokens.refusals);
  const senders = createSenders({ http, address, tokens, scopes });
  const { send } = senders;
  const version = createVersionReader(send);
  const shownPicture = createShownPicture(http, new URL(address).origin);
  const canRotate = () => version.isSince(16, 0);
  const accessTokens = createGitlabAccessTokens({ http, clock, address, senders, tokens, scopes, canRotate });
  const readOperations = () => toOperations(scopes, version, address);
  return {
    ...absentResources,
    ...createGitlabProfile({ senders, address, shownPicture, name: nameOf(address), readOperations }),
    ...createGitlabSshKeys(senders, scopes, { hasUsages: () => version.isSince(15, 7) }),
    ...createGitlabEmails(senders),
    ...createGitlabLinkedAccounts(send, address),
    ...createGitlabDeletion(send),
    ...createGitlabPages(send, address, async () => (await accessTokens.accessKeysState()).keys.map(({ id }) => id)),
    ...accessTokens,
    ...createGitlabOwnToken(senders, tokens, server),
    // Whether it is on; nothing is told of devices.
    mfaStatus: async () => ({
      ...(await absentResources.mfaStatus()),
      isOn: (await readPerson(send)).two_factor_enabled === true,
    }),
    address,
  };
}

async function toOperations(scopes: TokenScopes, version: VersionReader, address: string): Promise<OperationAccess> {
  const [writing, page] = [scopes.accessBy('api'), pageAccess(address)];
  return {
    ...Object.fromEntries(handedOff.map((operation) => [operation, page])),
    'avatar.change': (await version.isSince(17, 0)) ? writing : page,
    'emails.add': writing,
    'emails.remove': writing,
    ...((await version.isSince(16, 0)) && { 'accessKeys.rotate': writing }),
    'accessKeys.remove': writing,
    'sshKeys.add': writing,
    'sshKeys.remove': writing,
  };
}
