import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../electron/services/testing/manual-clock.ts';
import { findSecrets } from '../support/find-secrets.ts';
import { openGitea } from './gitea-under-test.ts';

describe('R2 R5 signing in on the page of Gitea', () => {
  it.each([[{ version: '1.26.0' }], [{ version: '1.27.3' }], [{ flavour: 'forgejo' }]] as const)(
    'asks for what the app uses, as a public client: %j',
    async (options) => {
      const at = await openGitea(options);
      expect((await at.app.calls.accounts.inspect(at.target)).ways).toEqual(['token', 'browser']);
      const accountId = await at.signInByPage();
      const { searchParams } = at.opened[0]!;
      expect(searchParams.get('scope')).toBe('openid profile email read:user write:user');
      expect(searchParams.get('code_challenge_method')).toBe('S256');
      expect(searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
      const { accounts } = await at.app.calls.accounts.list();
      expect(accounts).toMatchObject([{ id: accountId, isPasted: false, person: { email: 'ada@example.org' } }]);
      await at.restart();
      expect((await at.read(accountId)).operations).toMatchObject({ 'sshKeys.add': { kind: 'editable' } });
      await at.app.calls.emails.add({ accountId, email: 'second@example.org' });
      expect(at.ada.emails).toHaveLength(2);
    },
  );

  it('is offered only where it is switched on, under the address that was asked', async () => {
    const off = await openGitea({ oauthIsOff: true });
    expect((await off.app.calls.accounts.inspect(off.target)).ways).toEqual(['token']);
    const elsewhere = await openGitea();
    elsewhere.gitea.state.address = 'https://git.example';
    expect((await elsewhere.app.calls.accounts.inspect(elsewhere.target)).ways).toEqual(['token']);
  });

  it('needs no client id of anybody: the app adds itself there with a token that it forgets', async () => {
    const at = await openGitea();
    at.gitea.state.applications = [];
    const { registerClient } = at.app.calls.auth;
    const register = (token: string) => registerClient({ kind: 'gitea', target: at.target, token });
    await expect(register(at.makeToken('read:user'))).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: 'write:user' },
    });
    await expect(register('0'.repeat(40))).rejects.toMatchObject({ details: { reason: 'key-refused' } });
    const token = at.makeToken('write:user');
    at.clientId = (await register(token)).clientId;
    expect(await register(token), 'once').toEqual({ clientId: at.clientId });
    expect(at.gitea.state.applications).toMatchObject([
      { name: 'Profile Desk', isConfidential: false, redirectUris: ['http://127.0.0.1/callback'] },
    ]);
    expect((await at.app.calls.accounts.list()).accounts).toEqual([]);
    await at.signInByPage();
    expect(findSecrets(at.folder, [token])).toEqual([]);
  });

  it('is told to end by itself after a sign-out: no route takes back what was granted', async () => {
    const at = await openGitea();
    const accountId = await at.signInByPage();
    expect(await at.app.calls.auth.signOut({ accountId, forget: false })).toEqual({ providerNotified: false });
  });

  it('is not done where the person says no, and binds nobody else', async () => {
    const at = await openGitea();
    await expect(at.signInByPage({ granted: false })).rejects.toMatchObject({
      code: 'cancelled',
      details: { reason: 'declined-at-provider' },
    });
    const again = await at.signIn(at.makeToken('write:user'));
    await expect(at.signInByPage({ as: at.bo, again })).rejects.toMatchObject({
      details: { reason: 'another-person' },
    });
    expect(await at.signInByPage({ again }), 'the token gives way to it').toBe(again);
    expect((await at.app.calls.accounts.list()).accounts).toMatchObject([{ id: again, isPasted: false }]);
  });

  it.each([[{}], [{ flavour: 'forgejo' }]] as const)(
    'renews after an hour, once for all who ask, and keeps the new pair: %j',
    async (options) => {
      const clock = createManualClock();
      const at = await openGitea(options, { clock });
      const accountId = await at.signInByPage();
      at.gitea.state.accessTokens.clear();
      const { calls } = at.app;
      await Promise.all([
        calls.sshKeys.list({ accountId, from: 'provider' }),
        calls.emails.list({ accountId, from: 'provider' }),
        at.read(accountId),
      ]);
      expect(at.gitea.state.accessTokens.size).toBe(1);
      await at.restart();
      expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
      expect(at.gitea.state.accessTokens.size).toBe(1);
    },
  );

  it.each(['grant', 'application', 'refresh token'] as const)(
    'is over once the person has removed the %s there',
    async (what) => {
      const at = await openGitea();
      const accountId = await at.signInByPage();
      const { state } = at.gitea;
      state.accessTokens.clear();
      if (what === 'grant') state.grants = [];
      if (what === 'application') state.applications = [];
      if (what === 'refresh token') state.refreshTokens.clear();
      await expect(at.app.calls.sshKeys.list({ accountId, from: 'provider' })).rejects.toMatchObject({
        code: 'unauthenticated',
        details: { reason: 'session-ended' },
      });
    },
  );
});
