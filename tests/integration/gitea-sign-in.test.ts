import { describe, expect, it } from 'vitest';
import { openGitea } from './gitea-under-test.ts';

const editable = { kind: 'editable' };
const refusedToken = { code: 'unauthenticated', details: { reason: 'key-refused' } };

describe('R2 R5 what answers at an address of Gitea', () => {
  it.each([
    [{ version: '1.26.0' }, 'Gitea', '1.26.0'],
    [{ flavour: 'forgejo' }, 'Forgejo', '15.0.1'],
    [{ isClosed: true }, 'Gitea', null],
  ] as const)('is told with no credentials: %j', async (options, name, version) => {
    const { app, target, proxy } = await openGitea(options);
    for (const page of ['', '/user/login', '/user/settings/applications']) {
      const found = await app.calls.accounts.inspect({ ...target, address: target.address + page });
      expect(found).toMatchObject({
        kind: 'gitea',
        name,
        version,
        ways: ['token', 'browser'],
        address: target.address,
      });
      expect(found.pasting).toEqual({
        page: `${target.address}/user/settings/applications`,
        scopes: ['write:user'],
      });
    }
    expect(proxy.asked()).not.toMatch(/authorization/i);
  });

  it('is not taken where it is too old for the scopes that a token needs, and that is said', async () => {
    const { app, target } = await openGitea({ version: '1.19.4' });
    await expect(app.calls.accounts.inspect(target)).rejects.toMatchObject({
      code: 'untrusted-answer',
      details: { reason: 'too-old' },
    });
  });

  it('opens its page for making a token in the browser', async () => {
    const { app, target, opened } = await openGitea();
    expect(await app.calls.auth.openPastingPage({ kind: 'gitea', target })).toEqual({ address: null });
    expect(opened.map(String)).toEqual([`${target.address}/user/settings/applications`]);
  });
});

describe.each(['1.26.0', '1.27.3'])('R2 a pasted token at Gitea %s', (version) => {
  it('opens the account of its person, also after a restart', async () => {
    const at = await openGitea({ version });
    const accountId = await at.signIn(`  ${at.makeToken('write:user')}\n`);
    await at.restart();
    const { accounts } = await at.app.calls.accounts.list();
    expect(accounts).toMatchObject([
      {
        id: accountId,
        kind: 'gitea',
        providerName: 'Gitea',
        isPasted: true,
        person: { name: 'ada', email: 'ada@example.org' },
      },
    ]);
    expect((await at.read(accountId)).operations).toMatchObject({ 'sshKeys.add': editable });
  });

  it('is refused where nobody has it', async () => {
    const at = await openGitea({ version });
    for (const token of ['0'.repeat(40), 'not a token', 'söme'])
      await expect(at.signIn(token), token).rejects.toMatchObject(refusedToken);
    expect((await at.app.calls.accounts.list()).accounts).toEqual([]);
  });

  it('is taken with less than is asked for, and what it cannot do is locked with the name of the scope', async () => {
    const at = await openGitea({ version });
    const accountId = await at.signIn(at.makeToken('read:user', 'write:repository'));
    const { operations, sections } = await at.read(accountId);
    const locked = { kind: 'needs-permission', permission: 'write:user' };
    expect(operations).toMatchObject({ 'sshKeys.add': locked, 'profile.update': locked });
    expect(sections.user.access.firstName).toEqual(locked);
    expect((await at.app.calls.sshKeys.list({ accountId, from: 'provider' })).access).toEqual(locked);
    const { user } = sections;
    const change = { revision: user.revision, changes: { firstName: 'Ada L' } };
    const { outcomes } = await at.app.calls.profile.update({ accountId, user: change });
    expect(outcomes.user).toEqual({ saved: false, error: { code: 'forbidden', permission: 'write:user' } });
  });

  it('is refused with the scope that is missing where it tells nothing at all', async () => {
    const at = await openGitea({ version });
    await expect(at.signIn(at.makeToken('write:repository'))).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: 'read:user' },
    });
  });

  it('opens no account of somebody else than the one to be signed in again', async () => {
    const at = await openGitea({ version });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const other = at.gitea.addToken(at.bo, 'of bo', ['write:user']);
    await expect(at.signIn(other, accountId)).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'another-person' },
    });
    expect(await at.signIn(at.makeToken('write:user'), accountId)).toBe(accountId);
  });

  it('ends the session once it was revoked there, and not before', async () => {
    const at = await openGitea({ version });
    const accountId = await at.signIn(at.makeToken('write:user'));
    at.gitea.state.tokens = [];
    await expect(at.app.calls.sshKeys.list({ accountId, from: 'provider' })).rejects.toMatchObject({
      details: { reason: 'session-ended' },
    });
    const { accounts } = await at.app.calls.accounts.list();
    expect(accounts[0]?.state).toEqual({ kind: 'signed-out', sessionEnded: true });
  });

  it.each([
    [false, 1],
    [true, 0],
  ])('on signing out is revoked there only if asked: %s', async (revoke, left) => {
    const at = await openGitea({ version });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { providerNotified } = await at.app.calls.auth.signOut({ accountId, forget: false, revoke });
    expect(providerNotified).toBe(true);
    expect(at.gitea.state.tokens).toHaveLength(left);
    expect((await at.app.calls.accounts.list()).accounts[0]?.state).toEqual({
      kind: 'signed-out',
      sessionEnded: false,
    });
  });
});

describe('R2 R5 what stands in the way of a token', () => {
  it('locks everything but the profile where it is for what is public alone', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('public-only', 'write:user'));
    const locked = { kind: 'needs-permission', permission: 'All (public, private, and limited)' };
    expect((await at.read(accountId)).operations).toMatchObject({ 'profile.update': locked, 'sshKeys.add': locked });
    await expect(at.app.calls.sshKeys.list({ accountId, from: 'provider' })).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: locked.permission },
    });
  });

  it.each(['change-password', 'not-activated', 'prohibited'] as const)(
    'is told as no fault of it: %s',
    async (obstacle) => {
      const at = await openGitea();
      at.ada.obstacle = obstacle;
      const refused = await at.signIn(at.makeToken('write:user')).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'forbidden', details: {} });
      expect((await at.app.calls.accounts.list()).accounts).toEqual([]);
    },
  );

  it('is told too where it comes up later', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    // What was read at the sign-in is given once.
    await at.read(accountId);
    at.ada.obstacle = 'change-password';
    expect(await at.read(accountId), 'as it was last seen').toMatchObject({ source: 'cache' });
    await expect(at.app.calls.sshKeys.list({ accountId, from: 'provider' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await at.app.calls.accounts.check({ id: accountId })).state).toMatchObject({ kind: 'online' });
    at.ada.obstacle = undefined;
    expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
  });
});
