import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../../server/testing/test-server.ts';
import { ada, nora, otto, vera } from '../providers/keycloak/people.ts';
import { hasForm } from '../providers/keycloak/page-visitor.ts';
import { deskClient } from '../providers/keycloak/realm.ts';
import { openKeycloak, type KeycloakUnderTest } from './keycloak-under-test.ts';

let at: KeycloakUnderTest;
beforeEach(async () => {
  at = await openKeycloak();
});
afterEach(() => expect(at.app.internal).toEqual([]));

describe('R2 what answers at an address', () => {
  it.each(['', '/', '/account/', '/account/personal-info'])('is Keycloak at its realm%s', async (path) => {
    const address = at.keycloak.issuer + path;
    expect(await at.app.calls.accounts.inspect({ kind: 'address', address })).toEqual({
      address: at.keycloak.issuer,
      kind: 'keycloak',
      name: 'staff',
      version: null,
      ways: ['browser'],
      pasting: null,
      clientId: null,
      identityProviders: [],
      demo: null,
    });
  });

  it('is the reference API at its own, with a password', async () => {
    const server = await startTestServer();
    const found = await at.app.calls.accounts.inspect({ kind: 'address', address: server.address });
    expect(found).toMatchObject({ kind: 'reference', name: 'Control account', ways: ['password'] });
    await server.close();
  });

  it('is neither at a realm that is not there, nor at Keycloak without one', async () => {
    for (const address of [`${at.keycloak.base}/realms/nobody`, at.keycloak.base])
      await expect(at.app.calls.accounts.inspect({ kind: 'address', address })).rejects.toMatchObject({
        code: 'untrusted-answer',
      });
  });
});

describe('R2 R4 signing in on a page of the service', () => {
  it('shows who came back, and keeps them and the client id over a restart', async () => {
    const accountId = await at.signIn();
    const asked = Object.fromEntries(at.opened[0]!.searchParams);
    expect(asked).toMatchObject({ client_id: deskClient, code_challenge_method: 'S256', response_type: 'code' });
    expect(asked['redirect_uri']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    await at.restart();
    const { accounts } = await at.app.calls.accounts.list();
    const { issuer: address } = at.keycloak;
    expect(accounts).toMatchObject([
      {
        ...{ id: accountId, kind: 'keycloak', providerName: 'staff', address, person: { name: 'Ada Berg' } },
        describesApi: false,
      },
    ]);
    const snapshot = await at.app.calls.profile.get({ accountId, from: 'provider' });
    expect(snapshot.sections.contact.values.email).toBe(ada.email);
    expect(await at.app.calls.accounts.inspect(at.target)).toMatchObject({ clientId: deskClient });
  });

  it('renews the token by itself, with the client id that is kept', async () => {
    // So short that each request renews it, and each refresh token counts once.
    Object.assign(at.keycloak.realm.switches, { accessTokenSeconds: 29, rotatesRefreshTokens: true });
    const accountId = await at.signIn();
    for (let times = 0; times < 3; times += 1)
      expect((await at.app.calls.accounts.check({ id: accountId })).state.kind).toBe('online');
  });

  it('does not call it an ended session where the account API takes nobody without its roles', async () => {
    const accountId = await at.signIn();
    at.keycloak.realm.find('ada')!.accountRoles = [];
    expect((await at.app.calls.accounts.check({ id: accountId })).state.kind).toBe('online');
  });

  it('lets nobody in whom the account API does not take, and says why', async () => {
    await expect(at.signIn(nora)).rejects.toMatchObject({
      code: 'unauthenticated',
      details: { reason: 'token-refused' },
    });
    expect((await at.app.calls.accounts.list()).accounts).toEqual([]);
  });

  it('binds nobody else to an account that is signed in again', async () => {
    const accountId = await at.signIn();
    await at.app.calls.auth.signOut({ accountId, forget: false });
    const attempt = await at.beginSignIn(accountId);
    expect(at.opened.at(-1)!.searchParams.get('login_hint')).toBe(ada.email);
    const ending = expect(at.app.calls.auth.finishBrowserSignIn({ attempt })).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'another-person' },
    });
    await fetch((await at.visit(otto)).address);
    await ending;
    const { accounts } = await at.app.calls.accounts.list();
    expect(accounts).toMatchObject([{ id: accountId, state: { kind: 'signed-out' } }]);
  });

  it('is called off', async () => {
    const attempt = await at.beginSignIn();
    await at.app.calls.linkedAccounts.cancel({ attempt });
    await expect(at.app.calls.auth.finishBrowserSignIn({ attempt })).rejects.toMatchObject({ code: 'cancelled' });
    expect((await at.app.calls.accounts.list()).accounts).toEqual([]);
  });

  it('ends at the service too when the person signs out here', async () => {
    const accountId = await at.signIn();
    expect(await at.app.calls.auth.signOut({ accountId, forget: false })).toEqual({ providerNotified: true });
    await at.beginSignIn();
    const page = await at.visitor.open(at.opened.at(-1)!);
    expect(hasForm(page, 'kc-form-login'), 'the browser asks who this is again').toBe(true);
  });

  it('ends there also for a person who may change nothing', async () => {
    const accountId = await at.signIn(vera);
    expect(await at.app.calls.auth.signOut({ accountId, forget: true })).toEqual({ providerNotified: true });
    expect(at.keycloak.realm.sessions).toEqual([]);
  });

  it('ends there also where a token is to be revoked that nobody pasted', async () => {
    const accountId = await at.signIn();
    const asked = { accountId, forget: false, revoke: true };
    expect(await at.app.calls.auth.signOut(asked)).toEqual({ providerNotified: true });
    expect(at.keycloak.realm.sessions).toEqual([]);
  });
});

describe('R1 what Keycloak does not have', () => {
  it('is not offered: no password typed here, no SSH keys, no codes, no proofs', async () => {
    const typed = { kind: 'keycloak', target: at.target, identifier: 'ada', password: 'x' } as const;
    await expect(at.app.calls.auth.signIn(typed)).rejects.toMatchObject({ code: 'not-offered' });
    const accountId = await at.signIn();
    const { calls } = at.app;
    expect((await calls.profile.get({ accountId, from: 'provider' })).offers).not.toContain('identity-keys');
    expect((await calls.sshKeys.list({ accountId, from: 'provider' })).access).toEqual({ kind: 'not-offered' });
    expect((await calls.mfa.status({ accountId })).offers).toEqual([]);
    expect(await calls.reauth.status({ accountId })).toMatchObject({ validUntil: null, proofs: [] });
  });
});
