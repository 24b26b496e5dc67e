import type { FastifyInstance } from 'fastify';
import { staff } from '../../keycloak/realm.ts';
import { Refusal, sendJson, sendPlainJson } from './answers.ts';
import type { RealmState } from './realm-state.ts';

/** What is told of the realm without a token: its endpoints, and that it is Keycloak's. */
export function addDiscovery(server: FastifyInstance, base: string, realm: Pick<RealmState, 'texts'>): void {
  const issuer = `${base}/realms/${staff}`;
  const path = `/realms/${staff}`;
  const openid = `${issuer}/protocol/openid-connect`;

  server.get(`${path}/.well-known/openid-configuration`, (_request, reply) => {
    void reply.header('cache-control', 'no-cache, must-revalidate, no-transform, no-store');
    return sendPlainJson(reply, 200, describeEndpoints(issuer, openid));
  });

  server.get(path, (_request, reply) =>
    sendJson(reply, {
      ...{ realm: staff, public_key: 'of the stand-in' },
      ...{ 'token-service': openid, 'account-service': `${issuer}/account`, 'tokens-not-before': 0 },
    }),
  );

  // In the language that is asked for, else in the realm's own: here there is one.
  server.get(`/resources/${staff}/account/:locale`, (_request, reply) =>
    reply
      .header('content-type', 'application/json;charset=UTF-8')
      .send(JSON.stringify([...realm.texts].map(([key, value]) => ({ key, value })))),
  );
  server.get('/resources/:realm/account/:locale', (_request, reply) => reply.code(404).send());

  server.setNotFoundHandler((request) => {
    const [, realm] = /^\/realms\/([^/?]+)/.exec(request.url) ?? [];
    const isOther = realm !== undefined && realm !== staff;
    throw new Refusal(404, {
      error: isOther ? 'Realm does not exist' : 'Unable to find matching target resource method',
    });
  });
}

function describeEndpoints(issuer: string, openid: string) {
  return {
    issuer,
    authorization_endpoint: `${openid}/auth`,
    token_endpoint: `${openid}/token`,
    introspection_endpoint: `${openid}/token/introspect`,
    userinfo_endpoint: `${openid}/userinfo`,
    end_session_endpoint: `${openid}/logout`,
    jwks_uri: `${openid}/certs`,
    revocation_endpoint: `${openid}/revoke`,
    device_authorization_endpoint: `${openid}/auth/device`,
    grant_types_supported: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    acr_values_supported: ['0', '1'],
    response_types_supported: ['code'],
    subject_types_supported: ['public', 'pairwise'],
    prompt_values_supported: ['none', 'login', 'consent'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_modes_supported: ['query'],
    scopes_supported: ['openid', 'offline_access', 'profile', 'email', 'roles', 'acr', 'basic', 'web-origins'],
    code_challenge_methods_supported: ['plain', 'S256'],
    authorization_response_iss_parameter_supported: true,
  };
}
