import { describe, expect, it } from 'vitest';
import { everyScope, openGithub } from './github-under-test.ts';

const page = (address: string) =>
  `${address}/settings/tokens/new?description=Profile+Desk&scopes=user%2Cadmin%3Apublic_key%2Cadmin%3Assh_signing_key`;

/** As Electron gives it: what goes to github.com ends at the stand-in. */
function routedTo(local: string) {
  const asked: string[] = [];
  const fetchThere: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    asked.push(`${url.origin}${url.pathname}`);
    const to = { 'https://api.github.com': `${local}/api/v3`, 'https://github.com': local }[url.origin];
    if (to === undefined) return Promise.reject(new TypeError('nothing else is asked'));
    const there = to + url.pathname + url.search;
    return fetch(input instanceof Request ? new Request(there, input) : there, init);
  };
  return { asked, transport: { adapter: 'fetch', env: { fetch: fetchThere } } } as const;
}

describe('R2 R6 finding GitHub', () => {
  it('by any of its pages; with its version, two ways in, and where a token is made', async () => {
    const at = await openGithub({ version: '3.18.1' });
    const { address } = at.target;
    const typed = { kind: 'address', address: `${address}/settings/keys` } as const;
    expect(await at.app.calls.accounts.inspect(typed)).toMatchObject({
      ...{ kind: 'github', name: 'GitHub Enterprise Server', version: '3.18.1', ways: ['device', 'token'], address },
      pasting: { page: page(address), scopes: everyScope },
      clientId: null,
    });
  });

  it('also where it answers nobody who is not signed in', async () => {
    const at = await openGithub({ version: '3.17.2', isClosed: true });
    expect(await at.app.calls.accounts.inspect(at.target)).toMatchObject({ kind: 'github', version: '3.17.2' });
    const token = at.github.addToken(at.ada, everyScope);
    expect(await at.read(await at.signIn(token))).toMatchObject({ source: 'provider' });
  });

  it('github.com by the pair of its hosts, and its pages at the one that people know', async () => {
    const github = await openGithub({ isPublic: true });
    // As it says of itself.
    github.github.state.address = 'https://github.com';
    const { transport, asked } = routedTo(github.github.address);
    const at = await openGithub({}, { transport });
    const target = { kind: 'address', address: 'https://github.com' } as const;
    const { calls } = at.app;
    expect(await calls.accounts.inspect(target)).toMatchObject({ kind: 'github', name: 'GitHub', version: null });
    // Whoever is not signed in may ask sixty questions an hour, and this one is none of them: it is asked again and
    // again.
    const ofApi = asked.filter((url) => url.startsWith('https://api.github.com/'));
    expect(ofApi).toEqual(['https://api.github.com/rate_limit']);
    const token = github.github.addToken(github.ada, everyScope);
    const result = await calls.auth.signInWithToken({ kind: 'github', target, token });
    const accountId = result.next === 'done' ? result.accountId : '';
    expect((await at.read(accountId)).operations['password.change']).toMatchObject({ page: 'github.com' });
    const { address: shown } = await calls.handOff.begin({ accountId, operation: 'password.change' });
    expect([shown, at.opened.at(-1)?.href]).toEqual([null, 'https://github.com/settings/security']);
    const { clientId } = github.github.addApp();
    const { attempt, userCode } = await calls.auth.beginDeviceSignIn({ kind: 'github', target, clientId });
    github.github.typeCode(userCode, github.bo);
    const granted = await calls.auth.finishDeviceSignIn({ attempt });
    expect(github.github.state.tokens).toHaveLength(2);
    const bo = granted.next === 'done' ? granted.accountId : '';
    expect(await calls.auth.signOut({ accountId: bo, forget: true })).toEqual({ providerNotified: true });
    expect(await calls.auth.signOut({ accountId, forget: true, revoke: true })).toEqual({ providerNotified: true });
    expect(github.github.state.tokens).toEqual([]);
    expect(new Set(asked.filter((url) => !url.startsWith('https://github.com/')))).toContain(
      'https://api.github.com/user',
    );
  });

  it('github.com too where it has answered enough for now', async () => {
    const github = await openGithub();
    const { transport } = routedTo(github.github.address);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999' };
    github.github.state.limit = { status: 403, message: 'API rate limit exceeded', headers };
    const at = await openGithub({}, { transport });
    const target = { kind: 'address', address: 'https://github.com' } as const;
    expect(await at.app.calls.accounts.inspect(target)).toMatchObject({ kind: 'github' });
  });
});

describe('R2 R6 a pasted token', () => {
  it('tells what it may, whatever that is, and when it ends', async () => {
    const at = await openGithub();
    const accountId = await at.signIn(` ${at.github.addToken(at.ada, ['user:email'])}\n`);
    const { operations, sections } = await at.read(accountId);
    expect(sections.contact.values.email).toBe('ada@example.org');
    expect(operations).toMatchObject({
      'profile.update': { kind: 'needs-permission', permission: 'user' },
      'sshKeys.add': { kind: 'needs-permission', permission: 'write:public_key' },
    });
    const list = await at.app.calls.sshKeys.list({ accountId, from: 'provider' });
    expect(list).toMatchObject({ access: { kind: 'needs-permission', permission: 'read:public_key' }, keys: [] });
  });

  it('X3 tells when it ends, and another one takes its place while it works', async () => {
    const at = await openGithub();
    const first = at.github.addToken(at.ada, everyScope, new Date('2099-03-31T12:00:00Z'));
    const accountId = await at.signIn(first);
    const account = async () => (await at.app.calls.accounts.list()).accounts;
    expect(await account()).toMatchObject([{ id: accountId, tokenEndsAt: '2099-03-31T12:00:00.000Z' }]);
    expect(await at.signIn(at.github.addToken(at.ada, everyScope), accountId)).toBe(accountId);
    expect(await account()).toMatchObject([{ id: accountId, tokenEndsAt: null, state: { kind: 'online' } }]);
    at.github.state.tokens = at.github.state.tokens.filter(({ value }) => value !== first);
    expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
    await at.restart();
    expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
  });

  it('that is fine-grained has permissions, of which the first refusal tells', async () => {
    const at = await openGithub();
    const accountId = await at.signIn(at.github.addFineGrained(at.ada, { git_ssh_keys: 'read' }));
    const { calls } = at.app;
    const before = await at.read(accountId);
    expect(before.operations['profile.update']).toEqual({ kind: 'editable' });
    const user = { revision: before.sections.user.revision, changes: { firstName: 'Robin' } };
    const { outcomes } = await calls.profile.update({ accountId, user });
    const permission = 'Profile: Read and write';
    expect(outcomes.user).toMatchObject({ saved: false, error: { code: 'forbidden', permission } });
    expect((await at.read(accountId)).operations['profile.update']).toEqual({ kind: 'needs-permission', permission });
  });

  it('that nobody knows is refused, and one of somebody else too', async () => {
    const at = await openGithub();
    const accountId = await at.signIn(at.github.addToken(at.ada, everyScope));
    await at.app.calls.auth.signOut({ accountId, forget: false });
    await expect(at.signIn('ghp_none')).rejects.toMatchObject({ details: { reason: 'key-refused' } });
    const others = at.github.addToken(at.bo, everyScope);
    await expect(at.signIn(others, accountId)).rejects.toMatchObject({ details: { reason: 'another-person' } });
  });

  it.each([
    [true, true],
    [false, false],
  ])('is made void if that is asked for, where the service can: %s', async (revokes, providerNotified) => {
    const at = await openGithub({ revokes });
    const accountId = await at.signIn(at.github.addToken(at.ada, everyScope));
    const signedOut = await at.app.calls.auth.signOut({ accountId, forget: true, revoke: true });
    expect(signedOut).toEqual({ providerNotified });
    expect(at.github.state.tokens).toHaveLength(revokes ? 0 : 1);
  });
});

describe('R2 R6 a code that is typed on its page', () => {
  it('opens the page, and the client id is known from then on', async () => {
    const at = await openGithub();
    const { clientId } = at.github.addApp();
    const { auth, accounts } = at.app.calls;
    const {
      attempt,
      userCode,
      page: shown,
    } = await auth.beginDeviceSignIn({ kind: 'github', target: at.target, clientId });
    expect([userCode, shown]).toEqual([
      expect.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}$/),
      `${at.target.address}/login/device`,
    ]);
    expect(await auth.openDevicePage({ attempt })).toEqual({ address: null });
    expect(at.opened.map(({ href }) => href)).toEqual([shown]);
    at.github.typeCode(userCode, at.ada);
    const result = await auth.finishDeviceSignIn({ attempt });
    expect((await accounts.list()).accounts).toMatchObject([
      { id: result.next === 'done' ? result.accountId : '', kind: 'github', isPasted: false },
    ]);
    expect(await accounts.inspect(at.target)).toMatchObject({ clientId });
  });

  it('asks for no client id that came with the app', async () => {
    const github = await openGithub();
    const { address } = github.target;
    const clientIds = { [address]: 'packed' };
    const at = await openGithub({}, { release: { builtOn: '2026-11-29', newVersionsAt: null, clientIds } });
    const inspect = () => at.app.calls.accounts.inspect({ kind: 'address', address });
    expect(await inspect()).toMatchObject({ clientId: 'packed' });
    expect(await at.app.calls.accounts.inspect(at.target)).toMatchObject({ clientId: null });
  });

  it('may grant less than was asked for', async () => {
    const at = await openGithub();
    const { clientId } = at.github.addApp();
    const { auth } = at.app.calls;
    const { attempt, userCode } = await auth.beginDeviceSignIn({ kind: 'github', target: at.target, clientId });
    at.github.typeCode(userCode, at.ada, ['user']);
    const result = await auth.finishDeviceSignIn({ attempt });
    const { operations } = await at.read(result.next === 'done' ? result.accountId : '');
    expect(operations['sshKeys.add']).toEqual({ kind: 'needs-permission', permission: 'write:public_key' });
    expect(operations['profile.update']).toEqual({ kind: 'editable' });
  });

  it.each<[string, object, object]>([
    [
      'no app of this client id',
      { clientId: 'nobody' },
      { code: 'invalid-request', details: { reason: 'client-not-known' } },
    ],
    ['an app without it', {}, { code: 'not-offered', details: { reason: 'code-not-allowed' } }],
  ])('%s: nothing begins', async (_case, asked, refusal) => {
    const at = await openGithub();
    const { clientId } = at.github.addApp({ hasDeviceFlow: false });
    const begun = at.app.calls.auth.beginDeviceSignIn({ kind: 'github', target: at.target, clientId, ...asked });
    await expect(begun).rejects.toMatchObject(refusal);
  });

  it('that is declined, that somebody else types, that is called off, and that the app does not outlast', async () => {
    const at = await openGithub();
    const { clientId } = at.github.addApp();
    const begin = () => at.app.calls.auth.beginDeviceSignIn({ kind: 'github', target: at.target, clientId });
    const declined = await begin();
    at.github.typeCode(declined.userCode, null);
    const finish = (attempt: string) => at.app.calls.auth.finishDeviceSignIn({ attempt });
    await expect(finish(declined.attempt)).rejects.toMatchObject({ details: { reason: 'declined-at-provider' } });

    const accountId = await at.signInByCode(clientId);
    await at.app.calls.auth.signOut({ accountId, forget: false });
    await expect(at.signInByCode(clientId, accountId, at.bo)).rejects.toMatchObject({
      details: { reason: 'another-person' },
    });
    expect(await at.signInByCode(clientId, accountId)).toBe(accountId);

    const off = await begin();
    const ended = expect(finish(off.attempt)).rejects.toMatchObject({ code: 'cancelled', details: {} });
    await at.app.calls.auth.cancelDeviceSignIn({ attempt: off.attempt });
    await ended;

    const last = await begin();
    const closed = expect(finish(last.attempt)).rejects.toMatchObject({ code: 'cancelled' });
    await at.restart();
    await closed;
    await expect(finish(last.attempt)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of an OAuth app gives a token that is made void at the sign-out, where the service can', async () => {
    const at = await openGithub();
    const accountId = await at.signInByCode(at.github.addApp().clientId);
    // A server does so with tokens that people made.
    const signedOut = await at.app.calls.auth.signOut({ accountId, forget: false });
    expect(signedOut).toEqual({ providerNotified: false, staysSignedIn: true });
    expect(at.github.state.tokens).toHaveLength(1);
  });

  it('of a GitHub App gives a pair, and at github.com both are made void at the sign-out', async () => {
    const { github } = await openGithub({ isPublic: true });
    github.state.address = 'https://github.com';
    const { transport } = routedTo(github.address);
    const at = await openGithub({}, { transport });
    const target = { kind: 'address', address: 'https://github.com' } as const;
    const { auth } = at.app.calls;
    const { clientId } = github.addApp({ renews: true });
    const { attempt, userCode } = await auth.beginDeviceSignIn({ kind: 'github', target, clientId });
    github.typeCode(userCode, github.state.people[0]!);
    const result = await auth.finishDeviceSignIn({ attempt });
    const accountId = result.next === 'done' ? result.accountId : '';
    expect(await auth.signOut({ accountId, forget: true })).toEqual({ providerNotified: true });
    expect([github.state.tokens, [...github.state.refreshTokens]]).toEqual([[], []]);
  });

  it('of a GitHub App gives a pair that is renewed without being asked again', async () => {
    const at = await openGithub();
    const accountId = await at.signInByCode(at.github.addApp({ renews: true }).clientId);
    expect((await at.read(accountId)).operations['profile.update']).toEqual({ kind: 'editable' });
    const { keys, access } = await at.app.calls.sshKeys.list({ accountId, from: 'provider' });
    expect([keys, access]).toEqual([[], { kind: 'editable' }]);
    const before = at.github.state.tokens.map(({ value }) => value);
    // As if eight hours had passed.
    at.github.state.tokens = [];
    expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
    expect(at.github.state.tokens.map(({ value }) => value)).not.toEqual(before);
    await at.restart();
    expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
    at.github.state.tokens = [];
    at.github.state.refreshTokens.clear();
    await at.read(accountId).catch(() => undefined);
    const [account] = (await at.app.calls.accounts.list()).accounts;
    expect(account?.state).toEqual({ kind: 'signed-out', sessionEnded: true });
  });
});
