import { describe, expect, it } from 'vitest';
import { useAccountsStore } from '../account/accounts.store.ts';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { useProfileStore } from '../features/profile/profile.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { mountWithHost } from '../testing/mount-with-host.ts';
import { sampleStaff } from '../testing/sample-profile.ts';
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

describe('R1 a service without sessions to close', () => {
  it('has no page for them', async () => {
    const testHost = createTestHost();
    testHost.services.addAccount();
    testHost.services.profiles.set('c1', sampleStaff('c1', ['password.change']));
    await useAccountsStore(testHost.pinia).start();
    await useProfileStore(testHost.pinia).open('c1');
    const { wrapper } = mountWithHost(SideBar, {}, testHost);
    expect(wrapper.findAll('nav a').map((each) => each.text())).toEqual(['Profile', 'Security', 'Activity']);
  });
});
