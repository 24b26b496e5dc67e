import type { Answer, Route } from '../serve-stand-in.ts';
import { answerToken } from './oauth-token-route.ts';
import type { WebCall } from './state.ts';

// What a client of OAuth asks without a browser. Where an administrator has switched it off, none of it is there.

export const oauthRoutes: readonly Route<WebCall>[] = [
  { method: 'GET', path: '/.well-known/openid-configuration', answer: describeProvider },
  {
    method: 'GET',
    path: '/login/oauth/keys',
    answer: async ({ state }) => ({ status: 200, json: { keys: [await state.signer.publicKey()] } }),
  },
  {
    method: 'POST',
    path: '/login/oauth/access_token',
    answer: ({ state, call }) =>
      state.options.oauthIsOff ? { status: 403, text: 'Forbidden\n' } : answerToken(state, call),
  },
  { method: 'GET', path: '/login/oauth/userinfo', answer: describeOwner },
];

/** It names no scope of the API, and no way to revoke a token: there is none. */
function describeProvider({ state }: WebCall): Answer {
  if (state.options.oauthIsOff) return { status: 404, text: '404 page not found\n' };
  const { address } = state;
  return {
    status: 200,
    json: {
      issuer: address,
      authorization_endpoint: `${address}/login/oauth/authorize`,
      token_endpoint: `${address}/login/oauth/access_token`,
      jwks_uri: `${address}/login/oauth/keys`,
      userinfo_endpoint: `${address}/login/oauth/userinfo`,
      introspection_endpoint: `${address}/login/oauth/introspect`,
      response_types_supported: ['code', 'id_token'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
      scopes_supported: ['openid', 'profile', 'email', 'groups'],
      code_challenge_methods_supported: ['plain', 'S256'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
    },
  };
}

function describeOwner({ state, call }: WebCall): Answer {
  const [, token = ''] = /^bearer (.*)$/i.exec(call.headers.authorization ?? '') ?? [];
  const grant = state.accessTokens.get(token)?.grant;
  if (!grant || !state.grants.includes(grant))
    return {
      status: 401,
      text: 'no valid authorization',
      headers: { 'www-authenticate': 'Bearer realm="Gitea OAuth2"' },
    };
  const { id, login, settings, emails } = grant.person;
  const email = emails.find(({ primary }) => primary)?.email;
  const names = { name: settings.full_name || login, preferred_username: login };
  return {
    status: 200,
    json: { sub: String(id), ...names, email, picture: `${state.address}/avatars/${login}`, groups: null },
  };
}
