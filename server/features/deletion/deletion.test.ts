import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { enrol } from '../../testing/authenticator.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { IdentityProvider } from '../identities/identities.schemas.ts';
import type { Deletion } from './deletion.schemas.ts';

let test: TestServer;
let token: string;
async function start(preset: string, ...identityProviders: IdentityProvider[]): Promise<void> {
  test = await startTestServer(findPreset(preset), undefined, identityProviders);
  token = (await test.signIn()).accessToken;
}
afterEach(() => test.close());

const describeIt = async () => (await test.request<Deletion>('GET', '/me/deletion', { token })).body;
const remove = (email: unknown) => test.request('DELETE', '/me', { token, body: { email } });
const statusWith = async (shown: string) => (await test.request('GET', '/me', { token: shown })).status;
const demoId = () => test.server.stores.accounts.findDemo() ?? '';

/** A colleague of the demo person. */
function addColleague(username: string, role: string): string {
  const { demo } = findPreset('platform')!;
  const user = { ...demo.user, username, role };
  return test.server.stores.accounts.create({
    ...demo,
    user,
    contact: { ...demo.contact, email: `${username}@example.com` },
    passwordHash: '',
  });
}
function makeOwner(): void {
  const { accounts } = test.server.stores;
  accounts.writeUser(demoId(), { ...accounts.readUser(demoId()), role: 'Owner' });
}

/** What lies in the database files, as one text. */
function stored(): string {
  const names = readdirSync(test.dataFolder).filter((name) => name.includes('.db'));
  return names.map((name) => readFileSync(join(test.dataFolder, name), 'latin1')).join('\n');
}

describe('E10 deleting the account', () => {
  it('says before what goes and what stays', async () => {
    await start('platform');
    const deletes = ['profile', 'contact', 'avatar', 'sessions', 'mfa', 'recovery-codes', 'api-key', 'identity-keys'];
    expect(await describeIt()).toEqual({
      canDelete: true,
      reason: null,
      deletes,
      keeps: ['company-data', 'sent-mails'],
    });
  });

  it('names linked identities where people can link some', async () => {
    await start('platform', { name: 'Company', issuer: 'https://login.example.com', clientId: 'profile-desk' });
    expect((await describeIt()).deletes).toContain('identities');
  });

  it('ends every session, token and key at once, and tells the person by mail', async () => {
    await start('platform');
    await enrol(test, token);
    const other = test.server.stores.sessions.start(demoId(), { userAgent: '', ipAddress: '' });
    const { secret } = (await test.request<{ secret: string }>('POST', '/me/api-key', { token, body: {} })).body;
    expect((await remove(` ${test.identifier.toUpperCase()} `)).status).toBe(204);
    for (const shown of [token, other.accessToken, secret]) expect(await statusWith(shown)).toBe(401);
    expect((await test.request('POST', '/auth/refresh', { body: { refreshToken: other.refreshToken } })).status).toBe(
      401,
    );
    expect((await test.trySignIn(test.password)).body).toMatchObject({ code: 'wrong-credentials' });
    const { mails } = (await test.request<{ mails: { to: string; subject: string }[] }>('GET', '/dev/outbox')).body;
    expect(mails[0]).toMatchObject({ to: test.identifier, subject: 'Your account was deleted' });
  });

  it('leaves nothing of the person in the database files, and everybody else whole', async () => {
    await start('platform');
    const colleague = addColleague('colleague', 'Member');
    const seeds = ['Tanaka', 'yuki.tanaka', '1234567'];
    for (const seed of ['Tanaka', 'yuki.tanaka']) expect(stored()).toContain(seed);
    await test.request('PATCH', '/me', {
      token,
      headers: { 'if-match': '*' },
      body: { firstName: 'Zinnober', lastName: 'Quastenflosser' },
    });
    test.server.stores.accounts.writeUser(colleague, {
      username: 'colleague',
      firstName: 'Kept',
      lastName: 'Person',
      role: 'Member',
      company: 'x',
    });
    test.server.stores.accounts.writeContact(colleague, {
      ...test.server.stores.accounts.readContact(colleague),
      phone: '',
    });
    expect((await remove(test.identifier)).status).toBe(204);
    for (const seed of [...seeds, 'Zinnober', 'Quastenflosser', test.identifier]) expect(stored()).not.toContain(seed);
    expect(test.server.stores.accounts.readUser(colleague)).toMatchObject({ firstName: 'Kept' });
    const tables = test.server.database.all<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%account_id%'",
    );
    expect(tables.length).toBeGreaterThan(8);
    for (const { name } of tables) {
      expect(
        test.server.database
          .all<{ account_id: string }>(`SELECT account_id FROM ${name}`)
          .filter(({ account_id: id }) => id !== colleague),
      ).toEqual([]);
    }
  });

  it.each(['', 'other@example.com', 'yuki.tanaka'])('needs the own e-mail typed, not %j', async (email) => {
    await start('platform');
    const { status, body } = await remove(email);
    expect([status, body]).toMatchObject([422, { errors: [{ field: 'email', code: 'not-valid' }] }]);
    expect(await statusWith(token)).toBe(200);
  });

  it('needs a body and a fresh proof', async () => {
    await start('platform');
    expect((await test.request('DELETE', '/me', { token })).status).toBe(422);
    await test.request('DELETE', '/auth/reauth', { token });
    expect((await remove(test.identifier)).body).toMatchObject({ code: 'reauth-required' });
    expect(await statusWith(token)).toBe(200);
  });

  it('is refused for the last owner of a company, with the reason', async () => {
    await start('platform');
    makeOwner();
    expect(await describeIt()).toMatchObject({ canDelete: false, reason: 'last-owner' });
    expect((await remove(test.identifier)).body).toMatchObject({
      status: 403,
      code: 'forbidden',
      reason: 'last-owner',
    });
    addColleague('second', 'Owner');
    expect(await describeIt()).toMatchObject({ canDelete: true, reason: null });
    expect((await remove(test.identifier)).status).toBe(204);
  });

  it('is not stopped by an owner of another company', async () => {
    await start('platform');
    makeOwner();
    const stranger = addColleague('stranger', 'Owner');
    const { accounts } = test.server.stores;
    accounts.writeUser(stranger, { ...accounts.readUser(stranger), company: 'Elsewhere' });
    expect(await describeIt()).toMatchObject({ reason: 'last-owner' });
  });

  it('is followed by a new demo account at the next start', async () => {
    await start('platform');
    const before = demoId();
    await remove(test.identifier);
    const { password } = await test.server.ensureDemoAccount({ resetPassword: false });
    expect(demoId()).not.toBe(before);
    expect((await test.trySignIn(password ?? '')).status).toBe(200);
  });

  it('is not there where the provider keeps its people', async () => {
    await start('contact-center');
    expect((await test.request('GET', '/me/deletion', { token })).status).toBe(404);
    expect((await remove(test.identifier)).status).toBe(405);
    expect((await test.request('GET', '/meta')).body).toMatchObject({
      capabilities: { 'account.delete': 'not-offered' },
    });
  });
});
