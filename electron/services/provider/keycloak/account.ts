import type { HttpClient } from '../../http/http-client.ts';
import type { DiscoveredProvider } from '../../openid/authorization.ts';
import { absentResources } from '../absent/absent-resources.ts';
import { refusalsOf } from '../common/refusals/run-refusals.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createKeycloakApplications } from './applications.ts';
import { createKeycloakDeletion } from './pages/deletion.ts';
import { createKeycloakHandOff } from './pages/hand-off.ts';
import { createKeycloakLinkedAccounts } from './linked-accounts.ts';
import { createKeycloakMfa } from './credentials/mfa.ts';
import { createRealmMessages } from './messages.ts';
import { createKeycloakOperations } from './operations.ts';
import { createKeycloakProfile } from './person/profile.ts';
import { createAccountRoles } from './roles.ts';
import { createSenders } from './senders.ts';
import { createKeycloakSessions } from './sessions.ts';
import { endOwnSession, logOut } from './sign-out.ts';

export interface KeycloakAccountDeps {
  readonly http: HttpClient;
  /** The realm's issuer. */
  readonly address: string;
  readonly tokens: TokenSource;
  /** The one that the person signed in with. */
  readonly clientId: string;
  /** For its pages, as the client that the person signed in with. */
  readonly server: () => Promise<DiscoveredProvider>;
}

/** What is not here yet is absent: see docs/providers/README.md. */
export function createKeycloakAccount({
  http,
  address,
  tokens,
  clientId,
  server,
}: KeycloakAccountDeps): ProviderAccount {
  const refusals = refusalsOf(tokens);
  const roles = createAccountRoles({ accessToken: () => tokens.accessToken(), refusals });
  const senders = createSenders({ http, address, tokens, roles });
  const messages = createRealmMessages(http, address);
  const sessions = createKeycloakSessions(senders, messages);
  const operations = createKeycloakOperations({ senders, issuer: address, roles, refusals });
  const onAbsent = () => operations.noteMissing('applications.withdraw');
  return {
    ...absentResources,
    ...createKeycloakProfile({ senders, issuer: address, roles, messages, refusals, readOperations: operations.read }),
    ...createKeycloakMfa(senders),
    ...createKeycloakLinkedAccounts(senders, roles),
    ...createKeycloakApplications({ senders, messages, ownClientId: clientId, onAbsent }),
    ...createKeycloakDeletion(senders),
    ...createKeycloakHandOff({ senders, server, noteMissing: operations.noteMissing }),
    ...sessions,
    address,
    signOut: () => endOwnSession(sessions, () => logOut(http, address, clientId, tokens)),
  };
}
