import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { useReauthStore } from '../../account/reauth.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import SessionEnd from './SessionEnd.vue';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

async function setUp(sessionEndsAt: string | null) {
  const testHost = createTestHost();
  testHost.services.security.sessionEndsAt = sessionEndsAt;
  testHost.services.addAccount({ providerName: 'auth.example.com', address: 'https://auth.example.com' });
  const mounted = mountWithHost(SessionEnd, {}, testHost);
  await useAccountsStore().reload();
  const reauth = useReauthStore();
  reauth.start();
  await settle();
  return { ...mounted, reauth };
}

describe('R8 a session that ends', () => {
  it.each([
    ['soon', 14, 'for another 14 minutes only'],
    ['at once', 0.5, 'for another 1 minute only'],
    ['much later', 16, ''],
    ['before now', -1, ''],
  ])('%s', async (_when, left, said) => {
    const { wrapper } = await setUp(minutes(left));
    expect(wrapper.text().includes(said) && (said !== '' || wrapper.text() === '')).toBe(true);
  });

  it('is not spoken of where nobody says', async () => {
    expect((await setUp(null)).wrapper.text()).toBe('');
  });

  it('comes into sight as time goes by, and goes on by a proof', async () => {
    const { wrapper, reauth } = await setUp(minutes(20));
    expect(wrapper.text()).toBe('');
    vi.advanceTimersByTime(6 * 60_000);
    await settle();
    expect(wrapper.text()).toContain('You are signed in at auth.example.com for another 14 minutes only');
    await wrapper.find('button').trigger('click');
    expect([reauth.isAsking, reauth.purpose]).toEqual([true, 'staySignedIn']);
    await reauth.prove({ kind: 'password', password: 'right' });
    await settle();
    expect([reauth.isAsking, wrapper.text()]).toEqual([false, '']);
  });

  it('stays where the question is put away', async () => {
    const { wrapper, reauth } = await setUp(minutes(10));
    await wrapper.find('button').trigger('click');
    reauth.cancel();
    await settle();
    expect([reauth.isAsking, wrapper.text() === '']).toEqual([false, false]);
  });
});
