import type { JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthenticator, enrol } from '../../testing/authenticator.ts';
import { findPreset } from '../../presets/presets.ts';
import { startTestIssuer, type TestIssuer } from '../../testing/test-issuer.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { Meta } from '../meta/meta.schemas.ts';
import { bindNonce } from './bind-nonce.ts';
import type { Identity } from './identities.schemas.ts';

type Listed = { identities: Identity[]; code?: string; permission?: string };

let test: TestServer;
let issuer: TestIssuer;
let token: string;
const setPermissions = (names: readonly string[], id = demo()) => test.server.stores.accounts.setPermissions(id, names);
const demo = () => test.server.stores.accounts.findDemo() ?? '';

async function start(preset = 'control-account'): Promise<void> {
  test = await startTestServer(
    findPreset(preset),
    undefined,
    [issuer.provider, { issuer: 'https://other.example', clientId: 'desk', name: 'Other' }],
    ['https://Profile.Example:443/api'],
  );
  setPermissions(['Users Edit']);
  token = (await test.signIn()).accessToken;
}
beforeEach(async () => {
  issuer = await startTestIssuer();
  await start();
});
afterEach(async () => {
  await test.close();
  await issuer.close();
});

const askNonce = async (path = '/me/identities', from = issuer.provider.issuer, who = token) =>
  (
    await test.request<{ nonce: string; code?: string }>('POST', `${path}/nonce`, {
      ...(path.startsWith('/me') && { token: who }),
      body: { issuer: from },
    })
  ).body;
const link = (idToken: string, who = token) =>
  test.request<Listed>('POST', '/me/identities', { token: who, body: { issuer: issuer.provider.issuer, idToken } });
const unlink = (id: string) => test.request('DELETE', `/me/identities/${id}`, { token });
const list = async () => (await test.request<Listed>('GET', '/me/identities', { token })).body.identities;
const signInWith = (idToken: string) =>
  test.request<Record<string, unknown>>('POST', '/auth/sign-in-identity', {
    body: { issuer: issuer.provider.issuer, idToken },
  });

/** As a client has it that knows the server by `origin`. */
function claims(nonce: string, changes: Readonly<Record<string, unknown>> = {}, origin = test.address): JWTPayload {
  const now = Math.floor(test.now() / 1000);
  return {
    iss: issuer.provider.issuer,
    aud: 'desk',
    sub: 'u1',
    iat: now,
    exp: now + 300,
    nonce: bindNonce(nonce, origin),
    ...changes,
  };
}
const linkAs = async (subject: string, changes: JWTPayload = {}, who = token) =>
  link(
    await issuer.sign(claims((await askNonce('/me/identities', undefined, who)).nonce, { sub: subject, ...changes })),
    who,
  );
const signInAs = async (subject: string) =>
  signInWith(await issuer.sign(claims((await askNonce('/auth/sign-in-identity')).nonce, { sub: subject })));

describe('C3 linking', () => {
  it('adds the identity that an ID token proves, several of them, and takes each away again', async () => {
    const first = await linkAs('u1', { email: 'mara@id.example' });
    const linkedAt = new Date(test.now()).toISOString();
    const [one] = first.body.identities;
    expect(first.body.identities).toEqual([
      {
        id: one?.id,
        issuer: issuer.provider.issuer,
        provider: 'Test issuer',
        label: 'mara@id.example',
        linkedAt,
        lastUsedAt: null,
      },
    ]);
    test.pass(1);
    await linkAs('u2', { preferred_username: 'm\u202Eara\u0000 2' });
    expect((await list()).map(({ label }) => label)).toEqual(['mara@id.example', 'm ara 2']);
    await linkAs('u1', { email: 'other@id.example' });
    expect((await list())[0]?.label).toBe('mara@id.example');
    expect((await unlink(one?.id ?? '')).status).toBe(204);
    expect((await unlink(one?.id ?? '')).body['code']).toBe('not-found');
    expect((await list()).map(({ label }) => label)).toEqual(['m ara 2']);
    const mails = (await test.request<{ mails: { subject: string }[] }>('GET', '/dev/outbox')).body.mails.map(
      ({ subject }) => subject,
    );
    expect(mails.filter((subject) => subject.includes('identity'))).toHaveLength(3);
  });

  it('refuses a token that is not right in one thing, and takes the right one afterwards', async () => {
    const { nonce } = await askNonce();
    const now = Math.floor(test.now() / 1000);
    const wrong: Record<string, string> = {
      issuer: await issuer.sign(claims(nonce, { iss: 'https://other.example' })),
      client: await issuer.sign(claims(nonce, { aud: 'another' })),
      'authorized party': await issuer.sign(claims(nonce, { azp: 'another' })),
      'clients, unnamed': await issuer.sign(claims(nonce, { aud: ['desk', 'another'] })),
      expired: await issuer.sign(claims(nonce, { exp: now - 31 })),
      'not yet valid': await issuer.sign(claims(nonce, { nbf: now + 60 })),
      nonce: await issuer.sign(claims('x'.repeat(43))),
      'no nonce': await issuer.sign(claims(nonce, { nonce: undefined })),
      'no subject': await issuer.sign(claims(nonce, { sub: undefined })),
      'no end': await issuer.sign(claims(nonce, { exp: undefined })),
      signature: await issuer.sign(claims(nonce), true),
      'public key as secret': await issuer.signWithPublicKey(claims(nonce)),
      unsigned: issuer.unsigned(claims(nonce)),
      'no token': 'x.y.z',
    };
    for (const [what, idToken] of Object.entries(wrong))
      expect([what, (await link(idToken)).body.code]).toEqual([what, 'identity-refused']);
    expect(await list()).toEqual([]);
    expect((await link(await issuer.sign(claims(nonce)))).status).toBe(200);
  });

  it('takes a nonce once, in its time, from its person, for its purpose and provider', async () => {
    const { nonce } = await askNonce();
    const idToken = await issuer.sign(claims(nonce));
    const answers = await Promise.all([link(idToken), link(idToken), link(idToken)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    const forSigningIn = (await askNonce('/auth/sign-in-identity')).nonce;
    expect((await link(await issuer.sign(claims(forSigningIn)))).body.code).toBe('identity-refused');
    const forLinking = (await askNonce()).nonce;
    expect((await signInWith(await issuer.sign(claims(forLinking)))).body['code']).toBe('identity-refused');
    const forOther = (await askNonce('/me/identities', 'https://other.example')).nonce;
    expect((await link(await issuer.sign(claims(forOther)))).body.code).toBe('identity-refused');
    const late = (await askNonce()).nonce;
    test.pass(600);
    token = (await test.signIn()).accessToken;
    expect((await link(await issuer.sign(claims(late)))).body.code).toBe('identity-refused');
  });

  it('refuses a token for another server with our nonce, and takes one for each own address', async () => {
    const { port } = new URL(test.address);
    const others = [
      'https://evil.example',
      `http://127.0.0.1:${String(Number(port) + 1)}`,
      `https://127.0.0.1:${port}`,
      `http://[::1]:${port}`,
      `${test.address}/`,
    ];
    for (const origin of others) {
      expect([origin, (await link(await issuer.sign(claims((await askNonce()).nonce, {}, origin)))).body.code]).toEqual(
        [origin, 'identity-refused'],
      );
      const { nonce } = await askNonce('/auth/sign-in-identity');
      expect((await signInWith(await issuer.sign(claims(nonce, {}, origin)))).body['code']).toBe('identity-refused');
    }
    const { nonce } = await askNonce();
    expect((await link(await issuer.sign(claims(nonce, { nonce })))).body.code).toBe('identity-refused');
    for (const origin of [test.address, `http://localhost:${port}`, 'https://profile.example']) {
      expect([origin, (await link(await issuer.sign(claims((await askNonce()).nonce, {}, origin)))).status]).toEqual([
        origin,
        200,
      ]);
    }
  });

  it('refuses an identity of another account, and one person’s nonce from another', async () => {
    await linkAs('u1');
    const { accounts, sessions } = test.server.stores;
    const { user, contact } = findPreset('platform')!.demo;
    const other = accounts.create({
      user,
      contact: { ...contact, email: 'yuki@example.org' },
      passwordHash: '',
      permissions: ['Users Edit'],
    });
    const session = sessions.start(other, { userAgent: '', ipAddress: '' }, test.now() + 60_000);
    expect((await linkAs('u1', {}, session.accessToken)).body.code).toBe('identity-taken');
    const { nonce } = await askNonce();
    expect((await link(await issuer.sign(claims(nonce, { sub: 'u3' })), session.accessToken)).body.code).toBe(
      'identity-refused',
    );
    expect((await linkAs('u3', {}, session.accessToken)).status).toBe(200);
  });

  it('needs the permission, as it is now, and a fresh proof (X6 E12)', async () => {
    await linkAs('u1');
    const [one] = await list();
    const { nonce } = await askNonce();
    const idToken = await issuer.sign(claims(nonce, { sub: 'u2' }));
    setPermissions([]);
    for (const answer of [await askNonce(), (await link(idToken)).body, (await unlink(one?.id ?? '')).body]) {
      expect(answer).toMatchObject({ code: 'forbidden', permission: 'Users Edit' });
    }
    expect((await test.request<Meta>('GET', '/meta', { token })).body.fields?.['identities']).toEqual({
      link: { access: 'read-only', permission: 'Users Edit' },
    });
    setPermissions(['Users Edit']);
    await test.request('DELETE', '/auth/reauth', { token });
    for (const answer of [await askNonce(), (await link(idToken)).body, (await unlink(one?.id ?? '')).body])
      expect(answer).toMatchObject({ code: 'reauth-required' });
    expect(await list()).toHaveLength(1);
  });

  it('keeps the last way in', async () => {
    await linkAs('u1');
    await linkAs('u2');
    test.server.database.run('DELETE FROM passwords');
    const [one, two] = await list();
    expect((await unlink(one?.id ?? '')).status).toBe(204);
    expect((await unlink(two?.id ?? '')).body['code']).toBe('last-way-in');
  });

  it('knows only the providers it was told of, and says when one is down or another', async () => {
    expect(await askNonce('/me/identities', 'https://stranger.example')).toMatchObject({
      code: 'invalid',
      errors: [{ field: 'issuer', code: 'not-a-choice' }],
    });
    const { nonce } = await askNonce();
    issuer.claim({ issuer: 'https://other.example' });
    expect((await link(await issuer.sign(claims(nonce)))).body).toMatchObject({
      code: 'issuer-differs',
      detail: expect.stringContaining('https://other.example') as string,
    });
    issuer.claim({ issuer: issuer.provider.issuer });
    await issuer.close();
    // A failure is kept for half a minute.
    test.pass(31);
    expect(await link(await issuer.sign(claims(nonce)))).toMatchObject({
      status: 502,
      body: { code: 'identity-provider-down' },
    });
  });
});

describe('C3 signing in', () => {
  it('opens the account of a linked identity, without a re-authentication window', async () => {
    await linkAs('u1');
    const { status, body } = await signInAs('u1');
    expect([status, body['status']]).toEqual([200, 'signed-in']);
    token = String(body['accessToken']);
    expect((await list())[0]?.lastUsedAt).toBe(new Date(test.now()).toISOString());
    expect((await test.request('GET', '/auth/reauth', { token })).body['validUntil']).toBeNull();
  });

  it('still asks for a code where MFA is on', async () => {
    await linkAs('u1');
    const { app } = await enrol(test, token);
    const { body } = await signInAs('u1');
    expect(body['status']).toBe('code-required');
    test.pass(30);
    const right = { challenge: body['challenge'], code: createAuthenticator(test, app.secret).code() };
    expect(
      (await test.request('POST', '/auth/sign-in/code', { body: { ...right, code: '000000' } })).body['code'],
    ).toBe('wrong-code');
    expect((await test.request('POST', '/auth/sign-in/code', { body: right })).body['status']).toBe('signed-in');
  });

  it('tells who is not linked no more than that, and a replayed token nothing', async () => {
    expect((await signInAs('u9')).body).toEqual({
      type: 'urn:profile-desk:problem:identity-not-linked',
      title: 'No account here is linked with this identity',
      status: 401,
      code: 'identity-not-linked',
    });
    await linkAs('u1');
    const { nonce } = await askNonce('/auth/sign-in-identity');
    const idToken = await issuer.sign(claims(nonce));
    expect((await signInWith(idToken)).status).toBe(200);
    expect((await signInWith(idToken)).body['code']).toBe('identity-refused');
  });

  it('ends with the link, and with the account', async () => {
    await linkAs('u1');
    const [one] = await list();
    await unlink(one?.id ?? '');
    expect((await signInAs('u1')).body['code']).toBe('identity-not-linked');
    await linkAs('u1');
    test.server.stores.accounts.remove(demo());
    expect((await signInAs('u1')).body['code']).toBe('identity-not-linked');
  });
});

describe('X6 E13 what the server says of it', () => {
  it('lists its identity providers to everybody', async () => {
    const { capabilities, identityProviders } = (await test.request<Meta>('GET', '/meta')).body;
    expect(capabilities['identities.manage']).toBe('offered');
    expect(identityProviders.map(({ name, clientId }) => [name, clientId])).toEqual([
      ['Test issuer', 'desk'],
      ['Other', 'desk'],
    ]);
    const { paths } = (
      await test.request<{ paths: Record<string, Record<string, { operationId: string }>> }>('GET', '/openapi.json')
    ).body;
    const ids = Object.entries(paths).flatMap(([path, methods]) =>
      /identities|identity(?!-keys)/.test(path) ? Object.values(methods).map(({ operationId }) => operationId) : [],
    );
    expect(ids.sort()).toEqual([
      'deleteMeIdentitiesId',
      'getMeIdentities',
      'postAuthSignInIdentity',
      'postAuthSignInIdentityNonce',
      'postMeIdentities',
      'postMeIdentitiesNonce',
    ]);
  });

  it('offers nothing without one', async () => {
    await test.close();
    test = await startTestServer();
    const { capabilities, identityProviders } = (await test.request<Meta>('GET', '/meta')).body;
    expect([capabilities['identities.manage'], identityProviders]).toEqual(['not-offered', []]);
    expect((await test.request('POST', '/auth/sign-in-identity', { body: {} })).status).toBe(404);
  });
});
