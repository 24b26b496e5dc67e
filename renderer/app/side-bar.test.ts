import { describe, expect, it } from 'vitest';
import { useAccountsStore } from '../account/accounts.store.ts';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { mountWithHost } from '../testing/mount-with-host.ts';
import { settle } from '../testing/waiting.ts';
import SideBar from './SideBar.vue';

async function setUp(isForced: boolean) {
  const testHost = createTestHost();
  testHost.services.addAccount();
  testHost.services.security.isForced = isForced;
  await useAccountsStore(testHost.pinia).start();
  useMfaStore(testHost.pinia).start();
  await settle();
  const { wrapper, router } = mountWithHost(SideBar, {}, testHost);
  await router.push({ name: 'security' });
  const link = (name: string) => wrapper.findAll('nav a').find((each) => each.text().startsWith(name))!;
  return { router, link };
}

describe('E6 an account that must have two-step verification', () => {
  it('says of every other page why it does not open yet', async () => {
    const { router, link } = await setUp(true);
    expect(link('Profile').attributes('aria-disabled')).toBe('true');
    expect(link('Profile').text()).toContain('Turn on two-step verification first.');
    await link('Sessions').trigger('click');
    expect(router.currentRoute.value.name).toBe('security');
    expect(link('Security').attributes()).not.toHaveProperty('aria-disabled');
  });

  it('elsewhere every page opens', async () => {
    const { router, link } = await setUp(false);
    expect(link('Profile').attributes()).not.toHaveProperty('aria-disabled');
    await link('Sessions').trigger('click');
    await settle();
    expect(router.currentRoute.value.name).toBe('sessions');
  });
});
