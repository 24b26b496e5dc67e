import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { absentResources } from '../absent/absent-resources.ts';
import { createShownPicture } from '../common/shown-picture.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createGithubEmails } from './emails.ts';
import type { Pacing } from './http/pacing.ts';
import { createTokenScopes, type TokenScopes } from './http/scopes.ts';
import { createSenders } from './http/senders.ts';
import { createGithubOwnToken } from './own-token.ts';
import { createGithubPages, pageAccess } from './pages.ts';
import { readPerson } from './person.ts';
import { createGithubProfile } from './profile.ts';
import { siteName, toSite } from './site.ts';
import { createGithubSshKeys } from './ssh-keys.ts';

export interface GithubAccountDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
  readonly pacing: Pacing;
  /** The app was given its token by a code: undefined of one that the person pasted. */
  readonly clientId: string | undefined;
}

export function createGithubAccount(deps: GithubAccountDeps): ProviderAccount {
  const { http, address, tokens, pacing, clientId } = deps;
  const site = toSite(address);
  const scopes = createTokenScopes(tokens.scopes, tokens.refusals);
  const senders = createSenders({ http, api: site.api, tokens, scopes, pacing });
  const picture = createShownPicture(http, site.pictures);
  const readOperations = () => toOperations(scopes, address);
  return {
    ...absentResources,
    ...createGithubProfile({ senders, address, name: siteName(site), scopes, picture, readOperations }),
    ...createGithubEmails(senders),
    ...createGithubSshKeys(senders, scopes),
    ...createGithubPages(senders, address),
    ...createGithubOwnToken({ http, site, tokens, isGranted: clientId !== undefined }),
    async mfaStatus() {
      const { two_factor_authentication: isOn } = await readPerson(senders());
      const status = await absentResources.mfaStatus();
      // Which devices there are it tells nobody, and of passkeys nothing.
      return typeof isOn === 'boolean' ? { ...status, isOn } : { ...status, isUntold: true };
    },
    address,
  };
}

function toOperations(scopes: TokenScopes, address: string): OperationAccess {
  const [writing, page] = [scopes.accessBy('user'), pageAccess(address)];
  return {
    'profile.update': writing,
    'emails.add': writing,
    'emails.remove': writing,
    'sshKeys.add': scopes.accessBy('write:public_key'),
    'sshKeys.remove': scopes.accessBy('admin:public_key'),
    'avatar.change': page,
    'email.change': page,
    'emails.makePrimary': page,
    'emails.sendVerification': page,
    'password.change': page,
    'mfa.enrol': page,
    'mfa.turnOff': page,
    'recoveryCodes.renew': page,
    'passkeys.add': page,
    'sessions.close': page,
    'accessKeys.create': page,
    'deletion.remove': page,
  };
}
