import { afterEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { hashToken } from '../../security/tokens.ts';
import { challenge, enrol } from '../../testing/authenticator.ts';
import { linkIn, openLink, readMails } from '../../testing/mails.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let test: TestServer;
let token: string;
async function start(preset = 'control-account'): Promise<void> {
  test = await startTestServer(findPreset(preset));
  token = (await test.signIn()).accessToken;
}
afterEach(() => test.close());

const next = 'correct horse battery';
interface Changed {
  readonly otherSessionsEnded?: number;
  readonly code?: string;
  readonly errors?: unknown;
}
const change = (over: object = {}) =>
  test.request<Changed>('POST', '/me/password', {
    token,
    body: { current: test.password, next, endOtherSessions: false, ...over },
  });
const faults = async (over: object) => {
  const { status, body } = await change(over);
  return [status, body.errors];
};
const isSignedIn = async (who: string) => (await test.request('GET', '/me', { token: who })).status === 200;

describe('W9 E3 changing the password', () => {
  it('takes the new one at once and the old one no more; the session goes on', async () => {
    await start();
    expect((await change()).body).toEqual({ otherSessionsEnded: 0 });
    expect((await test.trySignIn(test.password)).status).toBe(401);
    expect((await test.trySignIn(next)).status).toBe(200);
    expect(await isSignedIn(token)).toBe(true);
  });

  it.each([
    ['control-account', true, 2],
    ['control-account', false, 0],
    ['platform', false, 2],
    ['platform', true, 2],
  ])('on %s, asked to end the others: %s, ends %i', async (preset, endOtherSessions, ended) => {
    await start(preset);
    const others = [await test.signIn(), await test.signIn()];
    expect((await change({ next: 'Correct horse 1', endOtherSessions })).body).toEqual({ otherSessionsEnded: ended });
    for (const { accessToken } of others) expect(await isSignedIn(accessToken)).toBe(ended === 0);
    expect(await isSignedIn(token)).toBe(true);
  });

  it('refuses a wrong current one, and changes nothing', async () => {
    await start();
    const other = await test.signIn();
    expect(await faults({ current: 'wrong', endOtherSessions: true })).toEqual([
      422,
      [{ field: 'current', code: 'not-valid' }],
    ]);
    await test.signIn();
    expect(await isSignedIn(other.accessToken)).toBe(true);
  });

  it('refuses the same again, composed otherwise too', async () => {
    await start();
    expect(await faults({ next: test.password })).toEqual([422, [{ field: 'next', code: 'not-valid' }]]);
    await change({ next: 'größtes Geheimnis'.normalize('NFC') });
    expect(await faults({ current: 'größtes Geheimnis', next: 'größtes Geheimnis'.normalize('NFD') })).toEqual([
      422,
      [{ field: 'next', code: 'not-valid' }],
    ]);
  });

  it.each([
    ['control-account', 'elevenchars', { code: 'too-short', limit: 12 }],
    ['control-account', 'x'.repeat(129), { code: 'too-long', limit: 128 }],
    ['control-account', 'xxx LINDQVIST xxx', { code: 'not-valid' }],
    ['control-account', 'tab\tand twelve', { code: 'control-characters' }],
    ['platform', 'Abcdef1', { code: 'too-short', limit: 8 }],
    ['platform', 'abcdefgh1', { code: 'not-valid' }],
    ['contact-center', 'Daniel-123', { code: 'not-valid' }],
    ['contact-center', 'X1-okafor', { code: 'not-valid' }],
  ])('on %s refuses %j', async (preset, password, fault) => {
    await start(preset);
    expect(await faults({ next: password })).toEqual([422, [{ field: 'next', ...fault }]]);
  });

  it('names both faults, the current one first', async () => {
    await start();
    expect(await faults({ current: 'wrong', next: 'short' })).toEqual([
      422,
      [
        { field: 'current', code: 'not-valid' },
        { field: 'next', code: 'too-short', limit: 12 },
      ],
    ]);
  });

  it.each(['            ', ' leading and trailing ', '👩‍🚀👩‍🚀👩‍🚀👩‍🚀', 'пароль из слов', 'x'.repeat(128)])(
    'takes %j as it is',
    async (password) => {
      await start();
      expect((await change({ next: password })).status).toBe(200);
      expect((await test.trySignIn(password)).status).toBe(200);
      expect((await test.trySignIn(`${password} `)).status).toBe(401);
    },
  );

  it('lets one of two parallel changes through', async () => {
    await start();
    const answers = await Promise.all([change({ next: 'the first new one' }), change({ next: 'the second new one' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('repeated under its Idempotency-Key is done once, and leaves no hash to guess a password from', async () => {
    await start();
    const body = { current: test.password, next, endOtherSessions: false };
    const send = () => test.request('POST', '/me/password', { token, body, headers: { 'idempotency-key': 'k' } });
    expect([(await send()).status, (await send()).headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    const [row] = test.server.database.all<{ request: string }>('SELECT request FROM idempotent_answers');
    expect(row?.request).not.toBe(hashToken(JSON.stringify(['/me/password', body])));
  });

  it('makes a sign-in void that waits for its code, and a reset link', async () => {
    await start();
    const { app } = await enrol(test, token);
    const waiting = await challenge(test);
    await test.request('POST', '/me/password-reset', { token });
    const link = await latestLink();
    await change();
    const { body } = await test.request('POST', '/auth/sign-in/code', {
      body: { challenge: waiting, code: app.code(30) },
    });
    expect(body['code']).toBe('challenge-expired');
    expect((await reset(link, 'another good one')).status).toBe(404);
  });
});

async function mails(): Promise<{ to: string; text: string }[]> {
  return (await test.request<{ mails: { to: string; text: string }[] }>('GET', '/dev/outbox')).body.mails;
}

async function latestLink(): Promise<string> {
  const [mail] = await mails();
  return /http:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
}

const ask = (identifier = test.identifier, headers = {}) =>
  test.request('POST', '/auth/password-reset', { body: { identifier }, headers });
const reset = (link: string, password = next) =>
  test.request('POST', new URL(link).pathname, { body: { next: password } });

describe('W9 password reset by mail', () => {
  it('sends the signed-in person a link and says where, with most of it hidden', async () => {
    await start();
    const { status, body } = await test.request('POST', '/me/password-reset', { token });
    expect([status, body]).toEqual([202, { sentTo: 'd***@profile-desk.example' }]);
    expect(await mails()).toMatchObject([{ to: test.identifier }]);
    expect(await latestLink()).toMatch(new RegExp(`^${test.address}/auth/password-reset/[\\w-]{43}$`));
  });

  it('answers alike whether the account exists, by e-mail and by username', async () => {
    await start();
    const answers = [await ask('mara.lindqvist'), await ask('nobody@example.com'), await ask('nobody')];
    for (const { status, body, headers } of answers)
      expect([status, body, headers.get('content-length')]).toEqual([202, undefined, '0']);
    await expect.poll(mails).toMatchObject([{ to: test.identifier }]);
  });

  it('leads to this server, and is not mailed to who asks by the host of another', async () => {
    await start();
    // fetch does not let a Host header through, so the app is asked directly.
    const refused = await test.server.app.inject({
      method: 'POST',
      url: '/auth/password-reset',
      headers: { host: 'localhost:9' },
      payload: { identifier: test.identifier },
    });
    expect(refused.statusCode).toBe(421);
    await ask();
    await expect.poll(mails).toHaveLength(1);
    expect(await latestLink()).not.toContain('localhost:9');
  });

  it('sets the password once, ends every session and opens a locked account', async () => {
    await start();
    for (let count = 0; count < 10; count += 1) await test.trySignIn('wrong', count % 2 ? 'mara.lindqvist' : undefined);
    for (const identifier of ['mara.lindqvist', undefined])
      expect((await test.trySignIn(test.password, identifier)).status).toBe(429);
    await ask();
    await expect.poll(mails).toHaveLength(1);
    const link = await latestLink();
    expect((await reset(link)).status).toBe(204);
    expect(await isSignedIn(token)).toBe(false);
    expect((await test.trySignIn(next)).status).toBe(200);
    expect((await test.trySignIn(next, 'mara.lindqvist')).status).toBe(200);
    expect((await reset(link, 'another good one')).status).toBe(404);
  });

  it('lets one of two parallel uses through', async () => {
    await start();
    await test.request('POST', '/me/password-reset', { token });
    const link = await latestLink();
    const answers = await Promise.all([reset(link, 'the first new one'), reset(link, 'the second new one')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
  });

  it('holds to the policy, and the link still works after', async () => {
    await start();
    await test.request('POST', '/me/password-reset', { token });
    const link = await latestLink();
    expect((await reset(link, 'short')).body).toMatchObject({
      status: 422,
      errors: [{ field: 'next', code: 'too-short', limit: 12 }],
    });
    expect((await reset(link)).status).toBe(204);
  });

  it('still asks for the second factor', async () => {
    await start();
    await enrol(test, token);
    await test.request('POST', '/me/password-reset', { token });
    await reset(await latestLink());
    expect((await test.trySignIn(next)).body.status).toBe('code-required');
  });

  it('is over after 30 minutes, and nothing of a link lies in the database', async () => {
    await start();
    await test.request('POST', '/me/password-reset', { token });
    const link = await latestLink();
    expect(JSON.stringify(test.server.database.all('SELECT * FROM password_resets'))).not.toContain(
      link.split('/').at(-1),
    );
    test.pass(1_800);
    expect((await reset(link)).status).toBe(404);
    expect((await reset(`${test.address}/auth/password-reset/unknown`)).status).toBe(404);
  });

  it('sends one mail a minute at most; the newer link replaces the older', async () => {
    await start();
    for (let count = 0; count < 3; count += 1) await test.request('POST', '/me/password-reset', { token });
    expect(await mails()).toHaveLength(1);
    const older = await latestLink();
    test.pass(60);
    await test.request('POST', '/me/password-reset', { token });
    expect(await mails()).toHaveLength(2);
    expect((await reset(older)).status).toBe(404);
    expect((await reset(await latestLink())).status).toBe(204);
  });
});

describe('W9 L16 the page of a mailed reset link', () => {
  const form = (typed: string, again = typed) => ({ next: typed, again });

  it('is shown by GET, which uses nothing up, and sets the password once', async () => {
    test = await startTestServer();
    const { accessToken: token } = await test.signIn();
    await test.request('POST', '/me/password-reset', { token });
    const link = await linkIn(test, 'Set a new password');
    const page = await openLink(link);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.html).toContain('It has 12 to 128 characters.');
    const action = /action="([^"]+)"/.exec(page.html)![1]!;
    const differs = await openLink(link, form('correct horse battery', 'correct horse'), action);
    expect([differs.status, differs.html]).toEqual([422, expect.stringContaining('not the same')]);
    const short = await openLink(link, form('short'), action);
    expect([short.status, short.html]).toEqual([422, expect.stringContaining('does not keep to the rules')]);
    const url = new URL(action, link).href;
    const afterMistake = new URL(/action="([^"]+)"/.exec(short.html)![1]!, url).href;
    expect(afterMistake, 'the form goes to the same place from there').toBe(url);
    expect((await openLink(link, form('correct horse battery'), action)).html).toContain('Your new password is set');
    expect((await test.trySignIn('correct horse battery')).status).toBe(200);
    for (const answer of [await openLink(link), await openLink(link, form('correct horse battery'), action)])
      expect([answer.status, answer.html]).toEqual([404, expect.stringContaining('does not work any more')]);
  });

  it('lies at the public address where there is one', async () => {
    test = await startTestServer(undefined, undefined, [], ['https://id.example/desk/']);
    const { accessToken: token } = await test.signIn();
    await test.request('POST', '/me/password-reset', { token });
    expect(await linkIn(test, 'Set a new password')).toMatch(
      /^https:\/\/id\.example\/desk\/auth\/password-reset\/[\w-]{43}$/,
    );
  });

  it('L12 is followed by a mail that says what is still good', async () => {
    test = await startTestServer();
    const { accessToken: token } = await test.signIn();
    await test.request('POST', '/me/password-reset', { token });
    await test.request('POST', new URL(await linkIn(test, 'Set a new password')).pathname, {
      body: { next: 'correct horse battery' },
    });
    const [mail] = await readMails(test);
    expect(mail).toMatchObject({ to: test.identifier, subject: 'A new password was set' });
    expect(mail!.text).toMatch(/API key, access keys, SSH keys and linked identities/);
  });
});
