import { afterEach, describe, expect, it } from 'vitest';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { platform } from '../../server/presets/platform.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';

let at: AccountUnderTest;
afterEach(() => at[Symbol.asyncDispose]());

const next = 'Quiet-harbour-72-lanterns';
const change = (changes: { current?: string; next?: string; endOtherSessions?: boolean } = {}) =>
  at.app.calls.password.change({
    accountId: at.accountId,
    current: at.server.password,
    next,
    endOtherSessions: false,
    ...changes,
  });
const refusedAt = (field: string, code: string) => ({
  code: 'invalid-request',
  details: { fields: { [field]: { code } } },
});

describe('W9 E3 the password', () => {
  it('comes with the provider’s own policy', async () => {
    at = await openAccount(platform);
    const { accountId } = at;
    expect(await at.app.calls.password.policy({ accountId })).toEqual({
      minLength: 8,
      maxLength: 128,
      characterGroups: 3,
      forbidsPersonalInformation: false,
      otherSessions: 'always-end',
    });
  });

  it('is changed, and from then on the new one opens the account', async () => {
    at = await openAccount();
    expect(await change()).toEqual({ otherSessionsEnded: 0 });
    expect((await at.server.trySignIn(at.server.password)).status).toBe(401);
    expect((await at.server.trySignIn(next)).status).toBe(200);
    expect(
      (await at.app.calls.profile.get({ accountId: at.accountId, from: 'provider' })).source,
      'this session goes on',
    ).toBe('provider');
  });

  it('ends the other sessions where it is asked to, and says how many', async () => {
    at = await openAccount(contactCenter);
    const other = await at.openAnother();
    expect(await change({ endOtherSessions: true })).toEqual({ otherSessionsEnded: 1 });
    await expect(other.app.calls.mfa.status({ accountId: other.accountId })).rejects.toMatchObject({
      code: 'unauthenticated',
      details: { reason: 'session-ended' },
    });
  });

  it('stays as it is where something is wrong, and says at which field', async () => {
    at = await openAccount();
    await expect(change({ current: 'wrong' })).rejects.toMatchObject(refusedAt('current', 'not-valid'));
    await expect(change({ next: 'short' })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { next: { code: 'too-short', limit: 12 } } },
    });
    await expect(change({ next: 'demo@profile-desk.example' })).rejects.toMatchObject(refusedAt('next', 'not-valid'));
    expect((await at.server.trySignIn(at.server.password)).status).toBe(200);
  });

  it('may have been changed where the answer is lost, and that is what is said', async () => {
    at = await openAccount();
    at.network.loseNextReplyTo('POST /me/password');
    await expect(change()).rejects.toMatchObject({ code: 'offline', details: { reason: 'outcome-unknown' } });
    expect((await at.server.trySignIn(next)).status, 'it was').toBe(200);
    at.network.cut(true);
    await expect(at.app.calls.password.policy({ accountId: at.accountId })).rejects.toMatchObject({
      details: { reason: 'connection-lost' },
    });
  });

  it('counts wrong ones towards the lock-out, and says how long it lasts', async () => {
    at = await openAccount();
    for (let tries = 0; tries < 5; tries += 1) await change({ current: 'wrong' }).catch(() => undefined);
    await expect(change()).rejects.toMatchObject({
      code: 'rate-limited',
      details: { reason: 'locked-out', retryAfter: 900 },
    });
  });

  it('is reset by a mail to the account’s own address', async () => {
    at = await openAccount();
    const { sentTo } = await at.app.calls.password.requestReset({ accountId: at.accountId });
    expect(sentTo).toMatch(/@/);
    const { body } = await at.server.request<{ mails?: unknown[] }>('GET', '/dev/outbox');
    expect(JSON.stringify(body)).toContain('demo@profile-desk.example');
  });
});

describe('W9 E3 a person who cannot sign in', () => {
  const ask = (identifier: string) =>
    at.app.calls.auth.requestPasswordReset({ target: { kind: 'address', address: at.network.address }, identifier });
  const linksSent = async () => {
    const { body } = await at.server.request<{ mails: { to: string; text: string }[] }>('GET', '/dev/outbox');
    return body.mails.filter(({ text }) => text.includes('/auth/password-reset/')).map(({ to }) => to);
  };

  it('gets a link at the account’s own address, and the same answer where there is no account', async () => {
    at = await openAccount();
    expect(await ask('nobody@example.com')).toEqual({});
    expect(await ask('mara.lindqvist')).toEqual({});
    await expect.poll(linksSent).toEqual([at.server.identifier]);
  });

  it('is told where the service cannot be reached', async () => {
    at = await openAccount();
    at.network.cut(true);
    await expect(ask('mara.lindqvist')).rejects.toMatchObject({ code: 'offline' });
  });
});
