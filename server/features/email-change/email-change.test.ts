import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactCenter } from '../../presets/contact-center.ts';
import { controlAccount } from '../../presets/control-account.ts';
import { platform } from '../../presets/platform.ts';
import { linkIn, openLink, readMails } from '../../testing/mails.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let test: TestServer;
let token: string;
beforeEach(async () => {
  test = await startTestServer();
  token = (await test.signIn()).accessToken;
});
afterEach(() => test.close());

const next = 'mara@new.example';
const ask = (email = next, body: object = { email }) =>
  test.request('PATCH', '/me/contact', { token, headers: { 'if-match': '*' }, body });
const emailNow = async () => (await test.request<{ email: string }>('GET', '/me/contact', { token })).body.email;
const pending = async () =>
  (await test.request<{ pending: { email: string } | null }>('GET', '/me/email-change', { token })).body.pending?.email;
const toOf = async () => (await readMails(test)).map(({ to, subject }) => `${to}: ${subject}`);
const confirmation = 'Confirm your new e-mail address';
const announcement = 'Your e-mail address is about to change';
const changed = 'Your e-mail address was changed';

describe.each([controlAccount, contactCenter, platform])('H2 E12 e-mail and username at $id', (preset) => {
  it('need a proof: without one 403, nothing changed, nobody written to', async () => {
    await test.close();
    test = await startTestServer(preset);
    token = (await test.signIn()).accessToken;
    await test.request('DELETE', '/auth/reauth', { token });
    const answer = await ask();
    expect([answer.status, answer.body['code']]).toEqual([403, 'reauth-required']);
    const { body: user } = await test.request('PATCH', '/me', {
      token,
      headers: { 'if-match': '*' },
      body: { username: 'mallory' },
    });
    expect(['reauth-required', 'forbidden']).toContain(user['code']);
    expect([await emailNow(), await pending(), await readMails(test)]).toEqual([test.identifier, undefined, []]);
    const { body } = await test.request<{ fields: { contact: { email: object } } }>('GET', '/meta', { token });
    expect(body.fields.contact.email).toMatchObject({ access: 'editable', needsReauth: true });
  });
});

describe('H2 a new e-mail address', () => {
  it('waits until a link sent there is opened; the old one counts until then, and is told', async () => {
    expect((await ask()).body).toMatchObject({ email: test.identifier });
    expect([await emailNow(), await pending()]).toEqual([test.identifier, next]);
    expect((await toOf()).sort()).toEqual([`${test.identifier}: ${announcement}`, `${next}: ${confirmation}`]);
    expect((await test.trySignIn(test.password, next)).status).toBe(401);
    await test.request('POST', '/auth/password-reset', { body: { identifier: next } });
    await test.request('POST', '/auth/password-reset', { body: { identifier: 'mara.lindqvist' } });
    await expect.poll(async () => (await toOf())[0]).toBe(`${test.identifier}: Set a new password`);

    const link = await linkIn(test, confirmation);
    expect((await openLink(link)).html).toContain('<button>Confirm this address</button>');
    expect(await emailNow(), 'looking at the page does nothing').toBe(test.identifier);
    expect((await openLink(link, {})).html).toContain('Your address is confirmed');
    expect([await emailNow(), await pending()]).toEqual([next, undefined]);
    expect((await toOf()).slice(0, 2).sort()).toEqual([`${test.identifier}: ${changed}`, `${next}: ${changed}`]);
    expect((await test.trySignIn(test.password, next)).status).toBe(200);
    expect((await test.trySignIn(test.password)).status).toBe(401);
    for (const form of [undefined, {}]) expect((await openLink(link, form)).status, 'works once').toBe(404);
  });

  it('is sent its link once a minute at most, and again when asked; the newer link replaces the older', async () => {
    await ask();
    const first = await linkIn(test, confirmation);
    await ask();
    const again = () => test.request('POST', '/me/email-change/mail', { token });
    expect((await again()).body).toMatchObject({ pending: { email: next } });
    expect(await readMails(test)).toHaveLength(2);
    test.pass(60);
    expect((await again()).status).toBe(202);
    expect((await toOf())[0]).toBe(`${next}: ${confirmation}`);
    expect((await openLink(first, {})).status).toBe(404);
    expect((await openLink(await linkIn(test, confirmation), {})).status).toBe(200);
    expect((await again()).status, 'nothing waits any more').toBe(404);
  });

  it('can be called off, by setting the old one too, and is over after a day', async () => {
    for (const callOff of [() => test.request('DELETE', '/me/email-change', { token }), () => ask(test.identifier)]) {
      await ask();
      const link = await linkIn(test, confirmation);
      expect((await callOff()).status).toBe(200);
      expect(await pending()).toBeUndefined();
      expect((await openLink(link, {})).status).toBe(404);
      test.pass(60);
    }
    await ask();
    test.pass(86_400);
    expect((await openLink(await linkIn(test, confirmation), {})).status).toBe(404);
    expect(test.server.stores.accounts.readContact(test.server.stores.accounts.findDemo()!).email).toBe(
      test.identifier,
    );
  });

  it('saves the other fields at once', async () => {
    expect((await ask(next, { email: next, city: 'Uppsala' })).body).toMatchObject({
      email: test.identifier,
      city: 'Uppsala',
    });
  });

  it('leaves no token of its links in the database', async () => {
    await ask();
    const secrets = await Promise.all(
      [confirmation, announcement].map(async (subject) => (await linkIn(test, subject)).split('/').at(-1)!),
    );
    const stored = JSON.stringify(
      ['email_changes', 'email_undos'].map((table) => test.server.database.all(`SELECT * FROM ${table}`)),
    );
    for (const secret of secrets) expect(stored).not.toContain(secret);
  });
});

describe('H2 “This was not me”', () => {
  it('stops a change that waits and ends all sessions', async () => {
    await ask();
    const undo = await linkIn(test, announcement);
    expect((await openLink(undo)).html).toContain('This was not me');
    expect((await openLink(undo, {})).status).toBe(200);
    expect((await openLink(await linkIn(test, confirmation), {})).status).toBe(404);
    expect((await test.request('GET', '/me', { token })).status).toBe(401);
    expect((await openLink(undo, {})).status, 'works once').toBe(404);
  });

  it('puts the address back after it was changed twice, and what the thief was sent brings nothing back', async () => {
    await ask();
    await openLink(await linkIn(test, confirmation), {});
    const owner = await linkIn(test, changed);
    test.pass(60);
    await ask('thief@two.example');
    const thief = await linkIn(test, announcement);
    await openLink(await linkIn(test, confirmation), {});
    expect((await openLink(owner, {})).status).toBe(200);
    expect((await test.trySignIn(test.password)).status).toBe(200);
    expect((await openLink(thief, {})).status).toBe(404);
    const mail = (await readMails(test))[0]!;
    expect([mail.to, mail.subject]).toEqual([test.identifier, 'Your e-mail address is yours again']);
    const reset = await linkIn(test, mail.subject);
    expect((await openLink(reset)).html).toContain('Set a new password');
  });

  it('is over after a week', async () => {
    await ask();
    await openLink(await linkIn(test, confirmation), {});
    const undo = await linkIn(test, changed);
    test.pass(7 * 86_400);
    expect((await openLink(undo, {})).status).toBe(404);
  });
});

describe('L9 an address that another account has', () => {
  function createOther(): void {
    const { accounts } = test.server.stores;
    const user = { firstName: 'B', lastName: '', username: 'Second', role: 'Viewer', company: '' };
    const contact = { ...accounts.readContact(accounts.findDemo()!), email: 'Other@example.com' };
    accounts.create({ user, contact, passwordHash: '', permissions: [] });
  }

  it('is answered like any other, and only its owner is told', async () => {
    createOther();
    const taken = await ask('oTHER@example.com');
    const answers = [taken.status, taken.body, await pending()];
    test.pass(60);
    const free = await ask('free@example.com');
    expect(answers).toEqual([free.status, free.body, 'oTHER@example.com']);
    expect((await toOf()).filter((each) => each.startsWith('o'))).toEqual([
      'oTHER@example.com: Somebody wanted to use your e-mail address',
    ]);
  });

  it('that came to another account meanwhile is not taken from it', async () => {
    await ask('other@example.com');
    createOther();
    const link = await linkIn(test, confirmation);
    expect((await openLink(link, {})).status).toBe(409);
    expect(await emailNow()).toBe(test.identifier);
  });
});

describe('H2 L16 the pages of links', () => {
  it('run no script, load nothing, send no referrer and are kept by nobody', async () => {
    await ask('<b>&"@new.example'.replace(/[<>"]/g, ''));
    await ask();
    for (const link of [await linkIn(test, confirmation), `${test.address}/links/email/unknown`]) {
      const { headers, html } = await openLink(link);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(html).not.toMatch(/<script|src=|http:|https:/);
    }
  });

  it('tells of a username that was changed, too', async () => {
    await test.request('PATCH', '/me', { token, headers: { 'if-match': '*' }, body: { username: 'mara.new' } });
    expect(await toOf()).toEqual([`${test.identifier}: Your username was changed`]);
  });
});
