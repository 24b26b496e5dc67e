import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../electron/services/testing/manual-clock.ts';
import { openGitlab } from './gitlab-under-test.ts';

const ways = ['browser', 'device', 'token'];

describe('R2 R7 signing in on the page of GitLab', () => {
  it.each([[''], ['/gitlab']])('asks for what the app uses, as a public client, in the folder “%s”', async (root) => {
    const at = await openGitlab({ root });
    expect((await at.app.calls.accounts.inspect(at.target)).ways).toEqual(ways);
    const accountId = await at.signInByPage();
    const { searchParams } = at.opened[0]!;
    expect([searchParams.get('scope'), searchParams.get('code_challenge_method')]).toEqual(['openid api', 'S256']);
    const { accounts } = await at.app.calls.accounts.list();
    expect(accounts).toMatchObject([{ id: accountId, isPasted: false, person: { email: 'ada@example.org' } }]);
    await at.restart();
    expect((await at.read(accountId)).operations).toMatchObject({ 'sshKeys.add': { kind: 'editable' } });
    expect(at.gitlab.state.grants).toHaveLength(1);
  });

  it('is not done where the person says no, and binds nobody else', async () => {
    const at = await openGitlab();
    await expect(at.signInByPage('deny')).rejects.toMatchObject({
      code: 'cancelled',
      details: { reason: 'declined-at-provider' },
    });
    const ofBo = await at.signIn(at.gitlab.addToken(at.bo, 'of bo', ['api']));
    await expect(at.signInByPage('authorize', ofBo)).rejects.toMatchObject({ details: { reason: 'another-person' } });
  });

  it('says that the address is another one by leaving the page out', async () => {
    const at = await openGitlab();
    at.gitlab.state.address = 'https://gitlab.example';
    expect((await at.app.calls.accounts.inspect(at.target)).ways).toEqual(['token']);
  });

  it('renews after two hours, once for all who ask, and keeps the new pair', async () => {
    const clock = createManualClock();
    const at = await openGitlab({}, { clock });
    const accountId = await at.signInByPage();
    at.gitlab.state.grants[0]!.expiresAt = 0;
    const { calls } = at.app;
    await Promise.all([
      calls.sshKeys.list({ accountId, from: 'provider' }),
      calls.emails.list({ accountId, from: 'provider' }),
      calls.mfa.status({ accountId }),
    ]);
    expect(at.gitlab.state.grants.map(({ isRevoked }) => isRevoked)).toEqual([true, false]);
    await at.restart();
    expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
    expect(at.gitlab.state.grants).toHaveLength(2);
  });

  it('is over once the person takes the access away there', async () => {
    const at = await openGitlab();
    const accountId = await at.signInByPage();
    at.gitlab.state.grants[0]!.isRevoked = true;
    await expect(at.app.calls.sshKeys.list({ accountId, from: 'provider' })).rejects.toMatchObject({
      details: { reason: 'session-ended' },
    });
  });

  it('ends there too when the person signs out', async () => {
    const at = await openGitlab();
    const accountId = await at.signInByPage();
    expect(await at.app.calls.auth.signOut({ accountId, forget: false })).toEqual({ providerNotified: true });
    expect(at.gitlab.state.grants.map(({ isRevoked }) => isRevoked)).toEqual([true]);
  });
});

describe('R2 R7 a code on a page of GitLab', () => {
  it('opens the account, which renews like the other', async () => {
    const at = await openGitlab({ root: '/gitlab', deviceInterval: 1 });
    const accountId = await at.signInByCode();
    at.gitlab.state.grants[0]!.expiresAt = 0;
    expect(await at.app.calls.sshKeys.list({ accountId, from: 'provider' })).toMatchObject({ keys: [] });
    expect(at.gitlab.state.grants.map(({ isRevoked }) => isRevoked)).toEqual([true, false]);
    expect(await at.app.calls.auth.signOut({ accountId, forget: true })).toEqual({ providerNotified: true });
    expect(at.gitlab.state.grants.every(({ isRevoked }) => isRevoked)).toBe(true);
  });
});
