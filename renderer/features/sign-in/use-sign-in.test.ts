import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { demo } from '../../testing/fake-services.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { useSignIn } from './use-sign-in.ts';

function setUp(again?: string) {
  const { services, app } = createTestHost();
  const done: string[] = [];
  const signIn = app.runWithContext(() =>
    useSignIn(
      async (id) => void done.push(id),
      () => again,
    ),
  );
  return { services, done, ...signIn };
}

const embedded = { kind: 'embedded' } as const;
afterEach(() => void vi.useRealTimers());

describe('D7 signing in', () => {
  it('goes from the provider over the password into the app', async () => {
    const { step, choose, signIn, done } = setUp();
    await choose(embedded);
    expect(step.value).toMatchObject({ kind: 'password', provider: { demo } });
    await signIn('me', demo.password);
    expect(done).toEqual(['c1']);
  });

  it('stays where it is with the reason when the address is wrong', async () => {
    const { services, step, choose, error } = setUp();
    services.faults.set('accounts.inspect', new AppError('offline', { reason: 'name-not-found' }));
    await choose({ kind: 'address', address: 'https://nowhere.example' });
    expect(step.value.kind).toBe('choose');
    expect(error.value).toEqual({ code: 'offline', reason: 'name-not-found' });
  });

  it('asks for a code where the account wants one; a wrong one can be given again', async () => {
    const { services, step, choose, signIn, submitCode, error, done } = setUp();
    services.asksCode = true;
    await choose(embedded);
    await signIn('me', demo.password);
    expect(step.value).toEqual({ kind: 'code', challenge: 'ch1', identifier: 'me' });
    await submitCode('000000');
    expect(error.value?.reason).toBe('wrong-code');
    await submitCode('123456');
    expect(done).toEqual(['c1']);
  });

  it('leads back to the password when the challenge has expired, and says so there', async () => {
    const { services, step, choose, signIn, submitCode, error } = setUp();
    services.asksCode = true;
    await choose(embedded);
    await signIn('me', demo.password);
    services.faults.set('auth.submitCode', new AppError('unauthenticated', { reason: 'challenge-expired' }));
    await submitCode('123456');
    expect(step.value.kind).toBe('password');
    expect(error.value?.reason).toBe('challenge-expired');
  });

  it('notes until when a lock-out lasts', async () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
    const { services, choose, signIn, lockedUntil } = setUp();
    await choose(embedded);
    services.faults.set('auth.signIn', new AppError('rate-limited', { reason: 'locked-out', retryAfter: 900 }));
    await signIn('me', 'wrong');
    expect(lockedUntil.value).toBe(1_900_000);
  });

  it('sends a double press once', async () => {
    const { services, choose, signIn } = setUp();
    await choose(embedded);
    await Promise.all([signIn('me', demo.password), signIn('me', demo.password)]);
    expect(services.asked.filter(({ channel }) => channel === 'auth.signIn')).toHaveLength(1);
  });

  it('goes back step by step, without the old error', async () => {
    const { services, step, choose, signIn, back, error } = setUp();
    services.asksCode = true;
    await choose(embedded);
    await signIn('me', demo.password);
    back();
    expect(step.value.kind).toBe('password');
    await signIn('me', 'wrong');
    back();
    expect(step.value.kind).toBe('choose');
    expect(error.value).toBeUndefined();
  });
});

describe('C3 signing in with a linked identity', () => {
  async function begin() {
    const all = setUp();
    all.services.linkedAccounts.offer();
    await all.choose({ kind: 'address', address: 'https://profile.example' });
    const ended = all.signInWithIdentity('https://id.brightline.example');
    await expect.poll(() => all.step.value.kind).toBe('identity');
    return { ...all, ended };
  }

  it('waits for the browser, then is in the app', async () => {
    const { services, step, ended, done } = await begin();
    expect(step.value).toMatchObject({ attempt: { provider: 'Brightline Sign-in', address: null } });
    services.linkedAccounts.comeBack();
    await ended;
    expect(done).toEqual(['c1']);
  });

  it('asks for a code where the account wants one, and goes back to the password from there', async () => {
    const { services, step, ended, back } = await begin();
    services.asksCode = true;
    services.linkedAccounts.comeBack();
    await ended;
    expect(step.value.kind).toBe('code');
    back();
    expect(step.value).toMatchObject({ kind: 'password', provider: { name: 'Example services' } });
  });

  it('says why it did not work, beside the password', async () => {
    const { services, step, ended, error } = await begin();
    services.linkedAccounts.comeBack(new AppError('cancelled', { reason: 'declined-at-provider' }));
    await ended;
    expect([step.value.kind, error.value?.reason]).toEqual(['password', 'declined-at-provider']);
  });

  it('called off here it is no error, and the services stop waiting', async () => {
    const { services, step, ended, error, back } = await begin();
    back();
    await ended;
    expect([step.value.kind, error.value]).toEqual(['password', undefined]);
    expect(services.asked.at(-1)).toEqual({ channel: 'linkedAccounts.cancel', input: { attempt: 'a1' } });
  });
});

describe('R2 signing in on a page of the service', () => {
  const address = 'https://id.example.org/realms/staff';
  const keycloak = { kind: 'keycloak', name: 'staff', ways: ['browser'], address } as const;

  async function reach(more: object = {}, again?: string) {
    const all = setUp(again);
    all.services.described = { ...keycloak, ways: [...keycloak.ways], ...more };
    await all.choose({ kind: 'address', address: `${address}/account/` }, 'keycloak');
    return all;
  }

  async function begin(again?: string) {
    const all = await reach({}, again);
    const ended = all.signInInBrowser('profile-desk');
    await expect.poll(() => all.step.value.kind).toBe('identity');
    return { ...all, ended };
  }

  it('asks for no password, and goes to the address that the service gives itself', async () => {
    const { services, step, ended, done } = await begin('c9');
    expect(step.value).toMatchObject({ attempt: { provider: 'id.example.org' } });
    expect(services.asked.at(-1)).toEqual({
      channel: 'auth.beginBrowserSignIn',
      input: { kind: 'keycloak', target: { kind: 'address', address }, clientId: 'profile-desk', again: 'c9' },
    });
    services.linkedAccounts.comeBack();
    await ended;
    expect(done).toEqual(['c1']);
  });

  it('says why nobody came in, with the client id as it was tried', async () => {
    const { services, step, ended, error } = await begin();
    services.linkedAccounts.comeBack(new AppError('conflict', { reason: 'another-person' }));
    await ended;
    expect(step.value).toMatchObject({ kind: 'browser', tried: 'profile-desk' });
    expect(error.value?.reason).toBe('another-person');
  });

  it('called off it is no error', async () => {
    const { services, step, ended, error, back } = await begin();
    back();
    await ended;
    expect([step.value.kind, error.value]).toEqual(['browser', undefined]);
    expect(services.asked.at(-1)?.channel).toBe('linkedAccounts.cancel');
    back();
    expect(step.value.kind).toBe('choose');
  });

  it('takes a password where the service takes one too', async () => {
    const { step, takeWay, signIn, done } = await reach({ ways: ['password', 'browser'] });
    expect(step.value.kind).toBe('browser');
    takeWay('password');
    await signIn('me', demo.password);
    expect(done).toEqual(['c1']);
  });

  it('notices that another kind of service answers than was asked for', async () => {
    expect((await reach()).step.value).toMatchObject({ unmet: undefined });
    expect((await reach({ kind: 'reference', ways: ['password'] })).step.value).toMatchObject({ unmet: 'keycloak' });
  });

  it('is not offered where the app knows none of its ways in', async () => {
    const { step, error } = await reach({ ways: [] });
    expect([step.value.kind, error.value]).toEqual(['choose', { code: 'not-offered' }]);
  });
});
