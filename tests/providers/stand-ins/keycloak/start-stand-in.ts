import { fastify, type FastifyError } from 'fastify';
import { ada, people } from '../../keycloak/people.ts';
import { staff } from '../../keycloak/realm.ts';
import { addAccount } from './account/routes.ts';
import { openDesk } from './account/access.ts';
import { addHeaders, Refusal, sendPlainJson } from './answers.ts';
import { PendingStore } from './authorization/pending.ts';
import { addAuthorizationRoutes } from './authorization/routes.ts';
import { addDeviceEndpoint, DeviceCodes } from './device.ts';
import { addDiscovery } from './discovery.ts';
import { RealmState } from './realm-state.ts';
import { addSessionEndpoints } from './session-endpoints.ts';
import { addTokenEndpoint } from './token-endpoint.ts';
import { TokenMint } from './tokens.ts';
import { freePort } from '../../../support/free-port.ts';

/**
 * Plays Keycloak where the real one cannot be had: the realm "staff" with the same people, programs and profile.
 * Written from what Keycloak 26.7.3 answered; tests/providers/live/keycloak compares the two.
 */
export interface KeycloakStandIn extends AsyncDisposable {
  readonly base: string;
  readonly issuer: string;
  /** What an administrator would see and change. */
  readonly realm: RealmState;
  readonly devices: DeviceCodes;
  /** Every token that was given to anybody: of access, to refresh, and of identity. */
  readonly issued: readonly string[];
}

export async function startKeycloakStandIn(): Promise<KeycloakStandIn> {
  const port = await freePort();
  const base = `http://127.0.0.1:${String(port)}`;
  const issuer = `${base}/realms/${staff}`;
  const realm = new RealmState();
  for (const person of people) realm.add(person, person === ada ? ['/research/optics'] : []);
  const devices = new DeviceCodes(realm);
  const mint = await TokenMint.open(realm, issuer);
  const server = await makeServer({ base, realm, devices, mint });
  await server.listen({ port, host: '127.0.0.1' });
  return { base, issuer, realm, devices, issued: mint.issued, [Symbol.asyncDispose]: () => server.close() };
}

interface ServerParts extends Pick<KeycloakStandIn, 'base' | 'realm' | 'devices'> {
  readonly mint: TokenMint;
}

async function makeServer({ base, realm, devices, mint }: ServerParts) {
  const issuer = `${base}/realms/${staff}`;
  const path = `/realms/${staff}/protocol/openid-connect`;
  const store = new PendingStore();
  const server = fastify({ forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', async (_request, reply) => addHeaders(reply));
  server.setErrorHandler((error: FastifyError | Refusal, _request, reply) =>
    error instanceof Refusal
      ? sendPlainJson(reply, error.status, error.body)
      : sendPlainJson(reply, error.statusCode ?? 500, { error: 'unknown_error', error_description: error.message }),
  );
  addDiscovery(server, base, realm);
  addAuthorizationRoutes(server, realm, store, issuer);
  addTokenEndpoint(server, path, { realm, mint, store, devices });
  addDeviceEndpoint(server, issuer, path, devices);
  addSessionEndpoints(server, path, realm, mint);
  await addAccount(server, `/realms/${staff}/account`, openDesk(realm, mint, base));
  return server;
}
