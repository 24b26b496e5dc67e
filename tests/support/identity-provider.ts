import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';

/** A real OpenID Connect server (certified, from npm) with its own login pages, in this process. */
export interface RealIdentityProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly clientId: string;
  /** For `--identity-provider`. */
  readonly flag: string;
  /** Nobody can reach it from now on. */
  close(): Promise<void>;
}

const clientId = 'profile-desk';

/** Whoever types a name is that person; nobody's password is asked for. */
const configuration: Configuration = {
  clients: [
    {
      client_id: clientId,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      // Any port of 127.0.0.1 (RFC 8252, 7.3).
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email'] },
  // Puts the claims of the scopes into the ID token.
  conformIdTokenClaims: false,
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, email: `${sub}@id.example` }) }),
  pkce: { required: () => true },
  ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  cookies: { keys: ['only for this test'] },
  features: { devInteractions: { enabled: true } },
};

/**
 * What a person does in a browser at an authorization address: types `name`, agrees, and is sent back; or declines.
 * Gives the last page, which is the one of whoever they were sent back to.
 */
export async function visit(address: string, name: string | 'decline'): Promise<Response> {
  const cookies = new Map<string, string>();
  let next: { url: URL; form?: URLSearchParams } = { url: new URL(address) };
  for (;;) {
    const { url, form } = next;
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: form }),
    });
    for (const [, key = '', value = ''] of response.headers
      .getSetCookie()
      .map((line) => /^([^=]+)=([^;]*)/.exec(line) ?? []))
      cookies.set(key, value);
    const location = response.headers.get('location');
    const page = await response.clone().text();
    const [, action] = /<form[^>]+action="([^"]+)"/.exec(page) ?? [];
    if (location) next = { url: new URL(location, url) };
    else if (action === undefined) return response;
    else if (name === 'decline') next = { url: new URL(`${action}/abort`, url) };
    else
      next = {
        url: new URL(action, url),
        form: new URLSearchParams({
          prompt: /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '',
          login: name,
          password: 'any',
        }),
      };
  }
}

export async function startIdentityProvider(port = 0): Promise<RealIdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = quietly(() => new Provider(issuer, configuration));
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { issuer, clientId, flag: `${issuer},${clientId},Brightline Sign-in`, close, [Symbol.asyncDispose]: close };
}

/** The library warns of its development pages, which are what a test wants. */
function quietly<T>(make: () => T): T {
  const { warn, info } = console;
  Object.assign(console, { warn: () => undefined, info: () => undefined });
  try {
    return make();
  } finally {
    Object.assign(console, { warn, info });
  }
}
