import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useAppStore } from '../account/app.store.ts';
import { useLeaveStore } from '../account/leave.store.ts';
import { useProfileStore } from '../features/profile/profile.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { mountWithHost } from '../testing/mount-with-host.ts';
import { createGate } from '../testing/waiting.ts';
import { AppLock } from './app-lock.ts';
import { useSettingsStore } from '../account/settings.store.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function setUp({ hasPassphrase = true, minutes = null as 5 | null } = {}) {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  const unlock = { hint: null, waitUntil: null };
  services.app.storage = { protection: 'key-store', keyStore: 'Secret Service', ...(hasPassphrase && { unlock }) };
  services.settings = { ...services.settings, lockAfterMinutes: minutes };
  const app = useAppStore(pinia);
  await Promise.all([app.start(), useSettingsStore(pinia).start()]);
  mountWithHost(AppLock, {}, testHost);
  const locks = () => services.asked.filter(({ channel }) => channel === 'vault.lock').length;
  return { app, pinia, locks, services, profile: useProfileStore(pinia) };
}

const pressKeys = async (): Promise<void> => {
  dispatchEvent(new KeyboardEvent('keydown', { key: 'l', ctrlKey: true, cancelable: true }));
  await vi.advanceTimersByTimeAsync(0);
};

describe('X11 a lock', () => {
  it('comes by Ctrl+L', async () => {
    const { locks } = await setUp();
    await pressKeys();
    expect(locks()).toBe(1);
  });

  it('asks first about what is not saved', async () => {
    const { locks, pinia } = await setUp();
    useLeaveStore(pinia).guardPage(() => Promise.resolve(false));
    await pressKeys();
    expect(locks()).toBe(0);
  });

  it('says what it needs where there is no passphrase', async () => {
    const { locks, app } = await setUp({ hasPassphrase: false });
    await pressKeys();
    expect([locks(), app.shownProtection]).toEqual([0, 'panel']);
  });

  it('comes by itself once nobody used the app for so long, and not while somebody does', async () => {
    const { locks } = await setUp({ minutes: 5 });
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    dispatchEvent(new Event('pointermove'));
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    expect(locks()).toBe(0);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(locks()).toBe(1);
  });

  it('comes as late as was chosen, although the clock was set back by a year meanwhile', async () => {
    const { locks } = await setUp({ minutes: 5 });
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    vi.setSystemTime(Date.now() - 365 * 86_400_000);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(locks()).toBe(1);
  });

  it('X5 comes by itself also while a draft cannot be kept: whoever locks asks for it, and waits for no disk', async () => {
    const { locks, profile, services } = await setUp({ minutes: 5 });
    const { id } = services.addAccount();
    await profile.open(id);
    services.gates.set('drafts.save', createGate().opened);
    profile.change('contact.city', 'Malmö');
    await vi.advanceTimersByTimeAsync(5 * 60_000 + 1_000);
    expect(locks()).toBe(1);
  });

  it.each(['pointermove', 'wheel', 'focus'])(
    'comes when the computer wakes up, also where somebody moves before the timer does: %s',
    async (type) => {
      const { locks } = await setUp({ minutes: 5 });
      vi.setSystemTime(Date.now() + 3_600_000);
      for (let n = 0; n < 3; n += 1) dispatchEvent(new Event(type));
      await vi.advanceTimersByTimeAsync(0);
      expect(locks()).toBe(1);
    },
  );

  it.each([{ minutes: null }, { minutes: 5, hasPassphrase: false }] as const)(
    'does not come by itself unless it was wished and can be undone: %o',
    async (how) => {
      const { locks } = await setUp(how);
      await vi.advanceTimersByTimeAsync(24 * 3_600_000);
      expect(locks()).toBe(0);
    },
  );
});
