import type { SignInResult } from '../../shared/contract/account/auth.ts';
import type { AppContract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import { createAuthService } from './accounts/sign-in/auth.service.ts';
import { createLeaving } from './accounts/sign-in/leave-connection.ts';
import { createConnectionsService, type ConnectionsService } from './accounts/connections.service.ts';
import { createPresenceCheck } from './accounts/presence-check.ts';
import { createReauth } from './accounts/reauth/create-reauth.ts';
import type { ReauthService } from './accounts/reauth/reauth.service.ts';
import { createReconnector } from './accounts/reconnector.ts';
import type { Foundation } from './create-foundation.ts';
import { createIdentitiesService, type IdentitiesService } from './features/identities/identities.service.ts';
import { Attempts } from './openid/attempts.ts';
import { createProfile } from './features/profile/create-profile.ts';
import type { ProfileService } from './features/profile/profile.service.ts';

/** Who is signed in where, as whom, and what protects that. */
export interface Accounts {
  readonly profile: ProfileService;
  readonly reauth: ReauthService;
  readonly identities: IdentitiesService;
  readonly connections: ConnectionsService;
  readonly auth: Handlers<AppContract>['auth'];
  /** Deletes everything kept of a connection on this computer, and the connection. */
  readonly forget: (connectionId: string) => Promise<void>;
  /** A deletion was sent and nobody knows what became of it. */
  readonly noteUnclear: (connectionId: string) => Promise<void>;
}

export function createAccounts(foundation: Foundation): Accounts {
  const { ports, clock, events, registry, app } = foundation;
  const reauth = createReauth(foundation);
  const profile = createProfile({ ...foundation, reauth });
  const reconnector = createReconnector(clock, (id) => profile.refresh(id).catch(() => undefined));
  events.on('state-changed', ({ connectionId, state }) => reconnector.note(connectionId, state));
  events.on('closing', () => reconnector.stop());
  const browsing = { ...foundation, browser: ports.browser, transport: ports.transport };
  const signIns = new Attempts<SignInResult>(browsing);
  const identities = createIdentitiesService({ ...browsing, reauth, signIns });
  events.on('session-ended', ({ connectionId }) => identities.drop(connectionId));
  events.on('closing', () => identities.stop());
  const connections = createConnections(foundation, profile);
  const leaving = createLeaving({ ...foundation, connections });
  return {
    profile,
    reauth,
    identities,
    connections,
    auth: createAuthService({ ...foundation, connections, signIns, leaving }),
    forget: leaving.forget,
    async noteUnclear(id) {
      await app.tolerate(() => registry.update(id, (now) => ({ ...now, isDeletionUnclear: true })));
      await connections.announce();
    },
  };
}

function createConnections(foundation: Foundation, profile: ProfileService): ConnectionsService {
  const { app, events, log } = foundation;
  const connections = createConnectionsService({
    ...foundation,
    presence: createPresenceCheck(foundation),
    recheck: (id) => profile.refresh(id),
  });
  events.on('profile-read', ({ connectionId, sections }) =>
    app.tolerate(() => connections.notePerson(connectionId, sections)),
  );
  events.on('state-changed', () => {
    connections.announce().catch((error: unknown) => log.error('connections not announced', error));
  });
  return connections;
}
