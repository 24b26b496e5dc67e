import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../server/presets/presets.ts';
import type { LinkedAccountsSnapshot, IdentityAttempt } from '../../shared/contract/account/linked-accounts.ts';
import { serveLossyProxy } from '../faults/lossy-proxy.ts';
import { startIdentityProvider, visit, type RealIdentityProvider } from '../support/identity-provider.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';

// The app's services, the reference server and a real OpenID Connect server; the browser is played by `visit`.

let provider: RealIdentityProvider;
let at: AccountUnderTest;
beforeEach(async () => {
  provider = await startIdentityProvider();
  at = await openAccount(findPreset('contact-center'), {}, [
    { name: 'Brightline Sign-in', issuer: provider.issuer, clientId: provider.clientId },
  ]);
  permit('Users Edit');
});
afterEach(async () => {
  await at[Symbol.asyncDispose]();
  await provider.close();
});

function permit(...names: readonly string[]): void {
  const { accounts } = at.server.server.stores;
  accounts.setPermissions(accounts.findDemo() ?? '', names);
}
const accountInput = () => ({ accountId: at.accountId });
const calls = () => at.app.calls.linkedAccounts;
const beginLink = () => calls().link({ ...accountInput(), providerId: provider.issuer });
const target = () => ({ kind: 'address' as const, address: at.network.address });
const labels = ({ linkedAccounts }: LinkedAccountsSnapshot) => linkedAccounts.map(({ label }) => label);

async function link(name: string): Promise<LinkedAccountsSnapshot> {
  const { attempt, address } = await beginLink();
  const [snapshot] = await Promise.all([calls().finishLink({ attempt }), visit(address ?? '', name)]);
  return snapshot;
}
async function signIn(name: string) {
  const { attempt, address }: IdentityAttempt = await at.app.calls.auth.signInWithIdentity({
    target: target(),
    issuer: provider.issuer,
  });
  const [result] = await Promise.all([at.app.calls.auth.finishIdentitySignIn({ attempt }), visit(address ?? '', name)]);
  return result;
}

describe('C3 linking at a real identity provider', () => {
  it('adds identities, told to every screen, and unlinks one', async () => {
    await at.prove();
    expect(labels(await link('mara'))).toEqual(['mara@id.example']);
    expect(labels(await link('mara.l'))).toEqual(['mara@id.example', 'mara.l@id.example']);
    const [first] = (await calls().get(accountInput())).linkedAccounts;
    expect(first).toMatchObject({ provider: 'Brightline Sign-in', lastUsedAt: null });
    expect(labels(await calls().unlink({ ...accountInput(), linkedAccountId: first?.id ?? '' }))).toEqual([
      'mara.l@id.example',
    ]);
    expect(
      at.heard<LinkedAccountsSnapshot>('linkedAccounts.changed').map((each) => each.linkedAccounts.length),
    ).toEqual([1, 2, 1]);
  });

  it('E12 needs a proof first, for each act', async () => {
    await expect(beginLink()).rejects.toMatchObject({ code: 'reauth-required' });
    await expect(calls().unlink({ ...accountInput(), linkedAccountId: 'i' })).rejects.toMatchObject({
      code: 'reauth-required',
    });
  });

  it('E12 goes on after a proof where the window closed meanwhile', async () => {
    await at.prove();
    const { attempt, address } = await beginLink();
    at.server.pass(600);
    await visit(address ?? '', 'mara');
    await expect(calls().finishLink({ attempt })).rejects.toMatchObject({ code: 'reauth-required' });
    await at.prove();
    await expect(calls().finishLink({ attempt })).rejects.toMatchObject({
      code: 'untrusted-answer',
      details: { reason: 'id-token-not-valid' },
    });
    const again = await beginLink();
    at.server.pass(599);
    await at.app.calls.reauth.end(accountInput());
    await visit(again.address ?? '', 'mara');
    await expect(calls().finishLink({ attempt: again.attempt })).rejects.toMatchObject({ code: 'reauth-required' });
    await at.prove();
    expect(labels(await calls().finishLink({ attempt: again.attempt }))).toEqual(['mara@id.example']);
  });

  it('X6 needs the permission, also when it is taken away meanwhile', async () => {
    await at.prove();
    const { attempt, address } = await beginLink();
    permit();
    await visit(address ?? '', 'mara');
    await expect(calls().finishLink({ attempt })).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: 'Users Edit' },
    });
    expect((await calls().get(accountInput())).access).toEqual({ kind: 'needs-permission', permission: 'Users Edit' });
    await expect(beginLink()).rejects.toMatchObject({ code: 'forbidden', details: { permission: 'Users Edit' } });
  });

  it('leaves everything as it was where the person declines, or the provider goes down', async () => {
    await at.prove();
    const declined = await beginLink();
    await visit(declined.address ?? '', 'decline');
    await expect(calls().finishLink({ attempt: declined.attempt })).rejects.toMatchObject({
      code: 'cancelled',
      details: { reason: 'declined-at-provider' },
    });
    const { attempt, address } = await beginLink();
    const back = new URL(address ?? '').searchParams;
    await provider.close();
    await fetch(`${back.get('redirect_uri') ?? ''}?code=c1&state=${back.get('state') ?? ''}&iss=${provider.issuer}`);
    await expect(calls().finishLink({ attempt })).rejects.toMatchObject({
      code: 'server-fault',
      details: { reason: 'identity-provider-down' },
    });
    await expect(beginLink()).rejects.toMatchObject({
      code: 'server-fault',
      details: { reason: 'identity-provider-down' },
    });
    const { accounts } = await at.app.calls.accounts.list();
    expect(accounts[0]?.state.kind).toBe('online');
    expect((await calls().get(accountInput())).linkedAccounts).toEqual([]);
  });

  it('ends with the session it was for', async () => {
    await at.prove();
    const { attempt } = await beginLink();
    await at.app.calls.auth.signOut({ accountId: at.accountId, forget: false });
    await expect(calls().finishLink({ attempt })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('C3 signing in at a real identity provider', () => {
  it('is offered before anybody signs in, and opens the account', async () => {
    expect((await at.app.calls.accounts.inspect(target())).identityProviders).toEqual([
      { name: 'Brightline Sign-in', issuer: provider.issuer },
    ]);
    await at.prove();
    await link('mara');
    await at.app.calls.auth.signOut({ accountId: at.accountId, forget: false });
    expect(await signIn('mara')).toEqual({ next: 'done', accountId: at.accountId });
    expect((await calls().get(accountInput())).linkedAccounts[0]?.lastUsedAt).toBe(
      new Date(at.server.now()).toISOString(),
    );
  });

  it('tells who is not linked, and asks for the code where MFA is on', async () => {
    await expect(signIn('nobody')).rejects.toMatchObject({
      code: 'unauthenticated',
      details: { reason: 'identity-not-linked' },
    });
    await at.prove();
    await link('mara');
    const secret = 'JBSWY3DPEHPK3PXP';
    const parameters = { type: 'totp' as const, algorithm: 'SHA1' as const, digits: 6, period: 30, counter: null };
    await at.app.calls.mfa.useSecret({ ...accountInput(), secret, parameters, code: at.code(secret), name: 'Phone' });
    at.server.pass(30);
    const step = await signIn('mara');
    if (step.next !== 'code') throw new Error('no code was asked for');
    expect(await at.app.calls.auth.submitCode({ challenge: step.challenge, code: at.code(secret) })).toEqual({
      next: 'done',
      accountId: at.accountId,
    });
  });
});

describe('C3 a profile server that hands on what another one says', () => {
  it('gets no ID token that opens the account there, nor one that links its own identity to it', async () => {
    await at.prove();
    await link('mara');
    // It answers as the honest one, issuer, client and nonce alike; only its address is its own.
    await using relay = await serveLossyProxy(at.server.address);
    const refused = { code: 'untrusted-answer', details: { reason: 'id-token-not-valid' } };
    const there = { kind: 'address' as const, address: relay.address };
    const { attempt, address } = await at.app.calls.auth.signInWithIdentity({ target: there, issuer: provider.issuer });
    const refusal = expect(at.app.calls.auth.finishIdentitySignIn({ attempt })).rejects.toMatchObject(refused);
    await visit(address ?? '', 'mara');
    await refusal;

    const { identifier, password } = at.server;
    const result = await at.app.calls.auth.signIn({ target: there, identifier, password });
    if (result.next !== 'done') throw new Error('a code was asked for');
    await at.app.calls.reauth.prove({ accountId: result.accountId, proof: { kind: 'password', password } });
    const linking = await calls().link({ accountId: result.accountId, providerId: provider.issuer });
    const refusalToLink = expect(calls().finishLink({ attempt: linking.attempt })).rejects.toMatchObject(refused);
    await visit(linking.address ?? '', 'eve');
    await refusalToLink;
    expect(labels(await calls().get(accountInput()))).toEqual(['mara@id.example']);
    expect(await signIn('mara')).toMatchObject({ next: 'done' });
  });
});
