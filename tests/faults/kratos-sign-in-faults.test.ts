import { afterEach, describe, expect, it } from 'vitest';
import type { Handler } from './fault-server.ts';
import { reply } from './faults.ts';
import { form, json, node, provider, refusal, serveKratos, session, stranger } from './kratos-routes.ts';
import { outcomeOf, wrongShape, type RouteServer } from './serve-routes.ts';

let server: RouteServer;
afterEach(() => server.close());

async function open(broken: Readonly<Record<string, Handler>>): Promise<void> {
  server = await serveKratos(broken);
}

describe('W1 R8 · a second step that is not for this app', () => {
  const signIn = { 'POST /self-service/login': json({ session_token: 'half a session', session }) };
  const closed = {
    ...signIn,
    'GET /sessions/whoami': refusal(403, 'session_aal2_required'),
    'DELETE /self-service/logout/api': ((_request, response) => response.writeHead(204).end()) satisfies Handler,
  };
  const credentials = { identifier: 'ada', password: 'x' };

  it('is said, and the half of a session ends', async () => {
    await open({ ...closed, 'GET /self-service/login/api': json(form([node('webauthn', 'webauthn_login')])) });
    await expect(provider.signIn(server.address, credentials)).rejects.toMatchObject({
      ...{ code: 'mfa-required', details: { reason: 'other-second-step' } },
    });
    expect(server.requests.at(-1)?.method).toBe('DELETE');
  });

  it('is a code where the account has one too', async () => {
    const nodes = [node('webauthn', 'webauthn_login'), node('lookup_secret', 'lookup_secret')];
    await open({ ...closed, 'GET /self-service/login/api': json(form(nodes)) });
    expect(await provider.signIn(server.address, credentials)).toMatchObject({ next: 'code' });
  });

  it.each([
    ['an address that is not confirmed', 4_000_010, 'unauthenticated (address-not-confirmed)'],
    ['a wrong password', 4_000_006, 'unauthenticated (wrong-credentials)'],
    ['a message from tomorrow', 4_999_999, 'invalid-request'],
  ])('%s', async (_case, id, expected) => {
    const refused = form([], { ui: { nodes: [], messages: [{ id, text: 'x', type: 'error' }] } });
    await open({ 'POST /self-service/login': json(refused, 400) });
    expect(await outcomeOf(() => provider.signIn(server.address, credentials))).toBe(expected);
  });
});

describe('R2 R8 · what is no Kratos at an address', () => {
  it.each<[string, Handler, string]>([
    ['another API', json({ status: 'ok' }), wrongShape],
    ['a form for browsers', json({ ...form([]), type: 'browser' }), wrongShape],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['nothing there', json({}, 404), stranger],
    ['somebody who asks for a name', json({ message: 'Log in' }, 401), stranger],
  ])('%s', async (_case, handler, expected) => {
    await open({ 'GET /self-service/login/api': handler });
    expect(await outcomeOf(() => provider.describe(server.address))).toBe(expected);
  });

  it('has no way in where passwords are switched off', async () => {
    await open({ 'GET /self-service/login/api': json(form([node('oidc', 'provider', 'x')])) });
    expect(await provider.describe(`${server.address}/sessions/whoami`)).toMatchObject({
      ...{ address: server.address, ways: [] },
    });
  });
});
