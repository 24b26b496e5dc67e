import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { absentResources } from '../absent/absent-resources.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createGiteaDeletion } from './deletion.ts';
import { createGiteaEmails } from './emails.ts';
import { createGiteaOwnToken } from './own-token.ts';
import { createGiteaPages, pageAccess } from './pages.ts';
import { createGiteaPictures } from './pictures.ts';
import { createGiteaProfile } from './profile.ts';
import { createTokenScopes, type TokenScopes } from './http/scopes.ts';
import { createSenders } from './http/senders.ts';
import { createGiteaSshKeys } from './keys/ssh-keys.ts';

export interface GiteaAccountDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
  /** What people call the instance. */
  readonly readName: () => Promise<string>;
}

export function createGiteaAccount({ http, address, tokens, readName }: GiteaAccountDeps): ProviderAccount {
  const scopes = createTokenScopes(tokens.scopes, tokens.refusals);
  const senders = createSenders({ http, address, tokens, scopes });
  const pictures = createGiteaPictures({ http, address, senders });
  const readOperations = () => toOperations(scopes, address);
  return {
    ...absentResources,
    ...createGiteaProfile({ senders, address, scopes, pictures, readName, readOperations }),
    ...createGiteaEmails(senders),
    ...createGiteaSshKeys(senders, scopes, address),
    ...createGiteaDeletion(senders.send),
    ...createGiteaPages(senders.send, address),
    ...createGiteaOwnToken(senders, tokens),
    // No route tells of second factors.
    mfaStatus: async () => ({ ...(await absentResources.mfaStatus()), isUntold: true }),
    address,
  };
}

function toOperations(scopes: TokenScopes, address: string): OperationAccess {
  const [writing, page] = [scopes.accessBy('write:user'), pageAccess(address)];
  return {
    'profile.update': writing,
    'avatar.change': writing,
    'avatar.remove': writing,
    'emails.add': writing,
    'emails.remove': writing,
    'sshKeys.add': writing,
    'sshKeys.remove': writing,
    'email.change': page,
    'sshKeys.verify': page,
    'emails.makePrimary': page,
    'emails.sendVerification': page,
    'password.change': page,
    'mfa.enrol': page,
    'passkeys.add': page,
    'accessKeys.create': page,
    'deletion.remove': page,
  };
}
