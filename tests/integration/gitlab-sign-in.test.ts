import { describe, expect, it } from 'vitest';
import { openGitlab } from './gitlab-under-test.ts';

const editable = { kind: 'editable' };
const refusedToken = { code: 'unauthenticated', details: { reason: 'key-refused' } };

describe('R2 R7 what answers at an address of GitLab', () => {
  it.each([[''], ['/gitlab'], ['/tools/gitlab']])('is told with no credentials, in the folder “%s”', async (root) => {
    const { app, target, proxy } = await openGitlab({ root });
    for (const page of ['', '/users/sign_in', '/-/user_settings/profile', '/dashboard/projects', '/api/v4/user']) {
      const found = await app.calls.accounts.inspect({ ...target, address: target.address + page });
      expect(found, page).toMatchObject({ kind: 'gitlab', name: 'GitLab', address: target.address });
      expect(found.ways).toContain('token');
      expect(found.pasting).toEqual({
        page: `${target.address}/-/user_settings/personal_access_tokens?name=Profile+Desk&scopes=api`,
        scopes: ['api'],
      });
    }
    expect(proxy.asked()).not.toMatch(/authorization|private-token/i);
  });

  it('opens its page for making a token in the browser, filled in', async () => {
    const { app, target, opened } = await openGitlab();
    expect(await app.calls.auth.openPastingPage({ kind: 'gitlab', target })).toEqual({ address: null });
    expect(opened.map(({ pathname }) => pathname)).toEqual(['/-/user_settings/personal_access_tokens']);
  });
});

describe.each(['15.0.0', '18.5.0-ee'])('R2 R7 a pasted token at GitLab %s', (version) => {
  it('opens the account of its person, also after a restart', async () => {
    const at = await openGitlab({ version, root: '/gitlab' });
    const accountId = await at.signIn(`  ${at.makeToken('api')}\n`);
    await at.restart();
    const { accounts } = await at.app.calls.accounts.list();
    const person = { name: 'ada', email: 'ada@example.org' };
    expect(accounts).toMatchObject([{ id: accountId, kind: 'gitlab', providerName: 'GitLab', isPasted: true, person }]);
    expect((await at.read(accountId)).operations).toMatchObject({ 'sshKeys.add': editable });
  });

  it('is refused where nobody has it', async () => {
    const at = await openGitlab({ version });
    for (const token of ['glpat-00000000000000000000', 'not a token', 'söme'])
      await expect(at.signIn(token), token).rejects.toMatchObject(refusedToken);
    expect((await at.app.calls.accounts.list()).accounts).toEqual([]);
  });

  it('is refused once it has ended or was revoked', async () => {
    const at = await openGitlab({ version });
    await expect(at.signIn(at.gitlab.addToken(at.ada, 'old', ['api'], '2020-01-01'))).rejects.toMatchObject(
      refusedToken,
    );
    const revoked = at.makeToken('api');
    at.gitlab.state.tokens.at(-1)!.isRevoked = true;
    await expect(at.signIn(revoked)).rejects.toMatchObject(refusedToken);
  });

  it('is taken with less than is asked for, and what it cannot do is locked with the name of the scope', async () => {
    const at = await openGitlab({ version });
    const accountId = await at.signIn(at.makeToken('read_user', 'read_repository'));
    const locked = { kind: 'needs-permission', permission: 'api' };
    const { revision } = (await at.read(accountId)).sections.more;
    // Before 15.5 nobody tells what a token may, so the first refusal does.
    const change = { revision, changes: { status: 'Here' } };
    const { outcomes } = await at.app.calls.profile.update({ accountId, more: change });
    expect(outcomes.more).toEqual({ saved: false, error: { code: 'forbidden', permission: 'api' } });
    const { operations, sections } = await at.read(accountId);
    expect(operations).toMatchObject({ 'sshKeys.add': locked, 'emails.add': locked });
    expect(sections.more.access['status']).toEqual(locked);
    expect((await at.app.calls.sshKeys.list({ accountId, from: 'provider' })).access).toEqual(locked);
  });

  it('is refused with the scope that is missing where it tells nothing at all', async () => {
    const at = await openGitlab({ version });
    await expect(at.signIn(at.makeToken('read_repository'))).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: 'read_user' },
    });
  });

  it('opens no account of somebody else than the one to be signed in again', async () => {
    const at = await openGitlab({ version });
    const accountId = await at.signIn(at.makeToken('api'));
    await expect(at.signIn(at.gitlab.addToken(at.bo, 'of bo', ['api']), accountId)).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'another-person' },
    });
    expect(await at.signIn(at.makeToken('api'), accountId)).toBe(accountId);
  });

  it('ends the session once it was revoked or rotated elsewhere', async () => {
    const at = await openGitlab({ version });
    const accountId = await at.signIn(at.makeToken('api'));
    at.gitlab.state.tokens[0]!.isRevoked = true;
    await expect(at.app.calls.sshKeys.list({ accountId, from: 'provider' })).rejects.toMatchObject({
      details: { reason: 'session-ended' },
    });
    const { accounts } = await at.app.calls.accounts.list();
    expect(accounts[0]?.state).toEqual({ kind: 'signed-out', sessionEnded: true });
  });

  it.each([
    [false, false],
    [true, true],
  ])('on signing out is revoked there only if asked: %s', async (revoke, isRevoked) => {
    const at = await openGitlab({ version });
    const accountId = await at.signIn(at.makeToken('api'));
    const { providerNotified } = await at.app.calls.auth.signOut({ accountId, forget: false, revoke });
    expect([providerNotified, at.gitlab.state.tokens[0]!.isRevoked]).toEqual([true, isRevoked]);
  });
});

describe('R2 R7 what stands in the way of a token', () => {
  it.each([
    'Your account has been blocked.',
    'You (@ada) must accept the Terms of Service in order to perform this action.',
  ])('is told as no fault of it: %s', async (obstacle) => {
    const at = await openGitlab();
    at.ada.obstacle = obstacle;
    const refused = await at.signIn(at.makeToken('api')).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'forbidden', details: {} });
    expect((await at.app.calls.accounts.list()).accounts).toEqual([]);
  });

  it('D2 is that too much was asked: nothing ends, and the person is told when to come back', async () => {
    const at = await openGitlab();
    const accountId = await at.signIn(at.makeToken('api'));
    await at.read(accountId);
    at.gitlab.state.requestsLeft = 0;
    await expect(at.app.calls.sshKeys.list({ accountId, from: 'provider' })).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAfter: 30 },
    });
    at.gitlab.state.requestsLeft = Number.POSITIVE_INFINITY;
    expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
  });

  it('of a fine-grained token is told by the first refusal', async () => {
    const at = await openGitlab();
    const accountId = await at.signIn(at.makeToken('granular', 'read_user'));
    expect((await at.read(accountId)).operations).toMatchObject({ 'sshKeys.add': editable });
  });
});
