import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTestHost } from '../testing/host-for-tests.ts';
import { mountWithHost } from '../testing/mount-with-host.ts';
import { useAccountsStore } from '../account/accounts.store.ts';
import { sampleStaff } from '../testing/sample-profile.ts';
import AppShell from './AppShell.vue';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('D5 tells the services that somebody looks: at each focus and every minute with it, and nothing without', async () => {
  const testHost = createTestHost();
  const { services } = testHost;
  services.addAccount();
  await useAccountsStore(testHost.pinia).start();
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const add = vi.spyOn(window, 'addEventListener');
  const { wrapper } = mountWithHost(AppShell, {}, testHost);
  // Loaded late.
  await expect.poll(() => add.mock.calls.map(([name]) => name)).toContain('focus');
  const looksAfter = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    return services.looks;
  };
  expect(await looksAfter(0), 'the page has just been read').toBe(0);
  window.dispatchEvent(new Event('focus'));
  expect(await looksAfter(0)).toBe(1);
  expect(await looksAfter(180_000)).toBe(4);
  focus.mockReturnValue(false);
  expect(await looksAfter(600_000), 'nobody looks').toBe(4);
  focus.mockReturnValue(true);
  wrapper.unmount();
  window.dispatchEvent(new Event('focus'));
  expect(await looksAfter(600_000), 'signed out').toBe(4);
});

it('W1 leads to what the service offers, whichever page comes first, and to that of the account chosen then', async () => {
  const testHost = createTestHost();
  const { services } = testHost;
  services.addAccount();
  services.addAccount();
  services.profiles.set('c2', sampleStaff('c2', ['password.change']));
  const accounts = useAccountsStore(testHost.pinia);
  await accounts.start();
  await accounts.select('c1');
  const { wrapper, router } = mountWithHost(AppShell, {}, testHost);
  await router.push({ name: 'sessions' });
  const pages = () => wrapper.findAll('nav a').map((link) => link.text());
  await expect.poll(pages).toContain('Identity keys');
  await accounts.select('c2');
  await expect.poll(pages).toEqual(['Profile', 'Security', 'Activity']);
});
