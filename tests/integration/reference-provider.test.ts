import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTokenKeeper } from '../../electron/services/accounts/token-keeper.ts';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import type { RefreshingTokens } from '../../electron/services/provider/tokens.ts';
import { createReferenceProvider } from '../../electron/services/provider/reference/create-reference-provider.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import { platform } from '../../server/presets/platform.ts';
import { userSchema } from '../../shared/contract/account/profile.ts';

const clock = createSystemClock();
const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let server: TestServer;
let provider: ReturnType<typeof createReferenceProvider>;
beforeEach(async () => {
  server = await startTestServer();
  provider = createReferenceProvider({ clock, version: '1.2.3' });
});
afterEach(() => server.close());

async function signIn(): Promise<RefreshingTokens> {
  const step = await provider.signIn(server.address, server);
  if (step.next !== 'done' || step.tokens.kind !== 'refreshing') throw new Error('a code was asked for');
  return step.tokens;
}

/** The account behind the app's own keeper, and how often it renewed the tokens. */
async function openAccount(): Promise<{ account: ProviderAccount; renewals: () => number }> {
  let renewals = 0;
  const tokens = createTokenKeeper({
    tokens: await signIn(),
    clock,
    save: () => Promise.resolve(),
    refresh: (refreshToken, attempt) => {
      renewals += 1;
      return provider.refresh(server.address, refreshToken, attempt);
    },
  });
  return { account: provider.open(server.address, tokens), renewals: () => renewals };
}

const shape = (code: string, rest: object = {}) => ({ code, details: rest });

describe('D7 · signing in to the reference API', () => {
  it('tells who the provider is before anybody signs in', async () => {
    expect(await provider.describe(server.address)).toEqual({
      address: server.address,
      name: 'Control account',
      version: null,
      ways: ['password'],
      identityProviders: [],
    });
    await expect(provider.describe(`${server.address}/account`)).rejects.toMatchObject(
      shape('untrusted-answer', { reason: 'not-a-profile-service' }),
    );
  });

  it('gives the same error for a wrong password and an unknown account', async () => {
    const wrong = shape('unauthenticated', { reason: 'wrong-credentials' });
    await expect(
      provider.signIn(server.address, { identifier: server.identifier, password: 'wrong' }),
    ).rejects.toMatchObject(wrong);
    await expect(provider.signIn(server.address, { identifier: 'nobody', password: 'wrong' })).rejects.toMatchObject(
      wrong,
    );
  });

  it('says how long a lock-out lasts, and does not wait for it', async () => {
    for (let tries = 0; tries < 5; tries += 1)
      await provider.signIn(server.address, { ...server, password: 'wrong' }).catch(() => undefined);
    await expect(provider.signIn(server.address, server)).rejects.toMatchObject(
      shape('rate-limited', { reason: 'locked-out', retryAfter: 900 }),
    );
  });

  it('asks for a code where the account has one, and refuses a wrong one', async () => {
    const secret = 'JBSWY3DPEHPK3PXP';
    server.server.stores.devices.add(server.server.stores.accounts.find(server.identifier) ?? '', {
      type: 'totp',
      name: 'Phone',
      secret,
      period: 30,
      nextCounter: 0,
    });
    const step = await provider.signIn(server.address, server);
    if (step.next !== 'code') throw new Error('no code was asked for');
    expect(step.expiresIn).toBe(300);
    await expect(provider.submitCode(server.address, step.challenge, '000000')).rejects.toMatchObject(
      shape('unauthenticated', { reason: 'wrong-code' }),
    );
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: server.now() });
    expect(await provider.submitCode(server.address, step.challenge, code)).toMatchObject({ next: 'done' });
    await expect(provider.submitCode(server.address, step.challenge, code)).rejects.toMatchObject(
      shape('unauthenticated', { reason: 'challenge-expired' }),
    );
  });

  it('names itself, so the session can be recognised in the list', async () => {
    const { access } = await signIn();
    const { body } = await server.request<{ sessions: { userAgent: string }[] }>('GET', '/me/sessions', {
      token: access,
    });
    expect(body.sessions[0]?.userAgent).toMatch(/^ProfileDesk\/1\.2\.3 \(.+; .+\)$/);
  });

  it('ends the session on sign-out', async () => {
    const { account } = await openAccount();
    await account.signOut();
    await expect(account.readProfile()).rejects.toMatchObject(shape('unauthenticated', { reason: 'session-ended' }));
  });
});

describe('D2 · renewing tokens at the reference API', () => {
  it('renews once for 50 requests that were refused at the same time', async () => {
    const { account, renewals } = await openAccount();
    server.pass(601);
    await Promise.all(Array.from({ length: 50 }, () => account.mfaStatus()));
    expect(renewals()).toBe(1);
  });

  it('gets the same tokens again after a lost reply, and ends the session on real reuse', async () => {
    const { refresh: refreshToken } = await signIn();
    const first = await provider.refresh(server.address, refreshToken, 'attempt-1');
    const again = await provider.refresh(server.address, refreshToken, 'attempt-1');
    expect(again.refresh).toBe(first.refresh);
    const ended = shape('unauthenticated', { reason: 'session-ended' });
    await expect(provider.refresh(server.address, refreshToken, 'attempt-2')).rejects.toMatchObject(ended);
    await expect(provider.refresh(server.address, first.refresh, 'attempt-3')).rejects.toMatchObject(ended);
  });

  it('counts the life of a token on this computer’s clock', async () => {
    const before = clock.now();
    const { expiresAt } = await signIn();
    expect(expiresAt - before).toBeGreaterThanOrEqual(600_000);
    expect(expiresAt).toBeLessThanOrEqual(clock.now() + 600_000);
  });
});

describe('W1 E1 X6 · reading the profile', () => {
  it('gives the values, and to a sign-in who this is as well', async () => {
    const { account } = await openAccount();
    const { user, contact, avatar } = (await account.readProfile()).sections;
    expect(userSchema.parse(user.values)).toMatchObject({ firstName: 'Mara', role: 'Administrator' });
    expect(contact.values).toMatchObject({ city: 'Stockholm', country: 'SE' });
    expect(avatar.values).toEqual({ image: null });
    const { personId, providerName, profile } = await account.readAccount();
    expect(personId).toBe(server.server.stores.accounts.find(server.identifier));
    expect(providerName).toBe('Control account');
    expect(profile).toEqual(await account.readProfile());
  });

  it.each([
    { preset: controlAccount, permission: 'Role Change', ownName: { kind: 'editable' } },
    { preset: contactCenter, permission: 'Users Edit', ownName: { kind: 'editable' } },
    { preset: platform, permission: 'contracts.membership.edit', ownName: { kind: 'editable', needsReauth: true } },
  ])('names the permission that a locked field needs ($preset.id)', async ({ preset, permission, ownName }) => {
    await server.close();
    server = await startTestServer(preset);
    const { user } = (await (await openAccount()).account.readProfile()).sections;
    expect(user.access.role).toEqual({ kind: 'needs-permission', permission });
    expect(user.access.company).toEqual({ kind: 'set-by-provider' });
    expect(user.access.firstName).toEqual(ownName);
  });

  it('tells a field that the provider does not have', async () => {
    await server.close();
    server = await startTestServer(platform);
    const { contact } = (await (await openAccount()).account.readProfile()).sections;
    expect(contact.access.city).toEqual({ kind: 'not-offered' });
    expect(contact.access.email).toEqual({ kind: 'editable', needsReauth: true });
  });

  it('is offline once the server is gone', async () => {
    const { account } = await openAccount();
    await server.server.close();
    await expect(account.readProfile()).rejects.toMatchObject(shape('offline', { reason: 'connection-refused' }));
    server = await startTestServer();
  });
});

describe('W2 W4 W8 E2 · changing the profile', () => {
  it('sends only what changed, and gives the section as it is now', async () => {
    const { account } = await openAccount();
    const { contact } = (await account.readProfile()).sections;
    const saved = await account.updateSection('contact', { city: ' Malmö ', phone: '' }, contact.revision);
    expect(saved.values).toEqual({ ...contact.values, city: 'Malmö', phone: '' });
    const now = (await account.readProfile()).sections.contact;
    expect(now.values).toEqual(saved.values);
    expect(now.revision).toBe(saved.revision);
    expect(now.revision).not.toBe(contact.revision);
  });

  it('keeps a picture', async () => {
    const { account } = await openAccount();
    const { avatar } = (await account.readProfile()).sections;
    const saved = await account.updateSection('avatar', { image: onePixel }, avatar.revision);
    expect(saved.values.image).toBe(onePixel);
    expect((await account.updateSection('avatar', { image: null }, saved.revision)).values.image).toBeNull();
  });

  it('refuses a change that is based on an older state', async () => {
    const { account } = await openAccount();
    const { user } = (await account.readProfile()).sections;
    await account.updateSection('user', { firstName: 'Maria' }, user.revision);
    await expect(account.updateSection('user', { lastName: 'Lind' }, user.revision)).rejects.toMatchObject(
      shape('conflict'),
    );
    expect((await account.readProfile()).sections.user.values).toMatchObject({
      firstName: 'Maria',
      lastName: 'Lindqvist',
    });
  });

  it('says at which field what is wrong', async () => {
    const { account } = await openAccount();
    const { contact, user } = (await account.readProfile()).sections;
    await expect(
      account.updateSection('contact', { email: 'nobody', country: 'XX', phone: '12' }, contact.revision),
    ).rejects.toMatchObject(
      shape('invalid-request', {
        fields: { email: { code: 'not-an-email' }, country: { code: 'not-a-country' }, phone: { code: 'not-a-phone' } },
      }),
    );
    await expect(account.updateSection('user', { firstName: 'x'.repeat(10_000) }, user.revision)).rejects.toMatchObject(
      shape('invalid-request', { fields: { firstName: { code: 'too-long', limit: 100 } } }),
    );
  });

  it('names the missing permission where a locked field is sent anyway', async () => {
    const { account } = await openAccount();
    const { user } = (await account.readProfile()).sections;
    await expect(account.updateSection('user', { role: 'Viewer' }, user.revision)).rejects.toMatchObject(
      shape('forbidden', { permission: 'Role Change', fields: { role: { code: 'locked' } } }),
    );
  });

  it('takes names in any script, with emoji', async () => {
    const { account } = await openAccount();
    const { user } = (await account.readProfile()).sections;
    const name = { firstName: 'مريم', lastName: '山田 🦊' };
    expect((await account.updateSection('user', name, user.revision)).values).toMatchObject(name);
  });
});
