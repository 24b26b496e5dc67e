import { afterEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { Meta } from './meta.schemas.ts';

let test: TestServer;
const start = async (preset: string) => {
  test = await startTestServer(findPreset(preset));
};
afterEach(() => test.close());

async function metaOf(token?: string): Promise<Meta> {
  return (await test.request<Meta>('GET', '/meta', token === undefined ? {} : { token })).body;
}

describe('D7 X6 what the server says of itself', () => {
  it('tells anybody its name, time, capabilities and policies, but nobody’s rights', async () => {
    await start('platform');
    const meta = await metaOf();
    expect(meta).toMatchObject({
      name: 'Integration platform',
      preset: 'platform',
      serverTime: '2026-01-15T12:00:00.000Z',
      policies: {
        password: { minLength: 8, characterGroups: 3 },
        lockOut: { tries: 5, seconds: 900 },
        reauthWindowSeconds: 21_600,
        session: { idleSeconds: 86_400, absoluteSeconds: 172_800 },
      },
    });
    expect(meta.capabilities).toMatchObject({
      'profile.write': 'offered',
      'sessions.list': 'offered',
      'api-key.manage': 'offered',
      'access-keys.manage': 'not-offered',
    });
    expect(meta).not.toHaveProperty('permissions');
    expect(meta).not.toHaveProperty('fields');
  });

  it.each([
    ['control-account', { 'mfa.enrol': 'offered', 'mfa.typed-secret': 'not-offered', 'recovery-codes': 'offered' }],
    ['platform', { 'mfa.enrol': 'offered', 'mfa.typed-secret': 'not-offered', 'recovery-codes': 'offered' }],
    ['contact-center', { 'mfa.enrol': 'not-offered', 'mfa.typed-secret': 'offered', 'recovery-codes': 'not-offered' }],
  ])('says how %s protects the account (W9 W10 C5 E5 E12)', async (preset, mfa) => {
    await start(preset);
    const everywhere = {
      reauth: 'offered',
      'password.change': 'offered',
      'password.reset': 'offered',
      'sessions.close': 'offered',
    };
    const { capabilities } = await metaOf();
    expect(capabilities).toMatchObject({ ...everywhere, ...mfa });
  });

  it.each([
    [
      'control-account',
      { minLength: 12, maxLength: 128, characterGroups: 0, forbidsPersonalInformation: true, otherSessions: 'choose' },
    ],
    [
      'platform',
      {
        minLength: 8,
        maxLength: 128,
        characterGroups: 3,
        forbidsPersonalInformation: false,
        otherSessions: 'always-end',
      },
    ],
    [
      'contact-center',
      { minLength: 8, maxLength: 64, characterGroups: 3, forbidsPersonalInformation: true, otherSessions: 'choose' },
    ],
  ])('says what a password must be on %s (W9)', async (preset, password) => {
    await start(preset);
    expect((await metaOf()).policies.password).toEqual(password);
  });

  it('tells a person their permissions and fields', async () => {
    await start('control-account');
    const { accessToken } = await test.signIn();
    const { permissions, fields } = await metaOf(accessToken);
    expect(permissions).toContain('API Key Manage');
    expect(fields?.user['firstName']).toEqual({ access: 'editable' });
    expect(fields?.user['role']).toMatchObject({ access: 'read-only', permission: 'Role Change' });
    expect(fields?.user['role']?.choices).toContain('Viewer');
    expect(fields?.user['company']).toEqual({ access: 'read-only' });
    expect(fields?.user['registeredAt']).toEqual({ access: 'read-only' });
    expect(fields?.avatar['image']).toEqual({ access: 'editable' });
  });

  it('says which fields take a fresh proof, where the provider asks for one (E12)', async () => {
    await start('platform');
    const { accessToken } = await test.signIn();
    const { fields } = await metaOf(accessToken);
    for (const access of [fields?.user['firstName'], fields?.contact['email'], fields?.avatar['image']])
      expect(access).toEqual({ access: 'editable', needsReauth: true });
    expect(fields?.user['company']).toEqual({ access: 'read-only' });
  });

  it('follows the permissions at once', async () => {
    await start('contact-center');
    const { accessToken } = await test.signIn();
    expect((await metaOf(accessToken)).fields?.contact['city']).toEqual({ access: 'editable' });
    test.server.stores.accounts.setPermissions(test.server.stores.accounts.findDemo() ?? '', []);
    const { permissions, fields } = await metaOf(accessToken);
    expect(permissions).toEqual([]);
    expect(fields?.contact['city']).toEqual({ access: 'read-only', permission: 'My Account Page Edit' });
  });

  it('says which fields there are not', async () => {
    await start('platform');
    const { accessToken } = await test.signIn();
    expect((await metaOf(accessToken)).fields?.contact['city']).toEqual({ access: 'not-offered' });
  });

  it('refuses a token that is no longer good instead of ignoring it', async () => {
    await start('platform');
    const { accessToken } = await test.signIn();
    test.pass(600);
    const { status, body } = await test.request('GET', '/meta', { token: accessToken });
    expect([status, body['code']]).toEqual([401, 'token-expired']);
  });
});
