import { describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/contract/account/accounts.ts';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { createTestHost, type TestHost } from '../../testing/host-for-tests.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import ForgetDialog from './ForgetDialog.vue';

const elsewhere = { address: 'https://profile.example' };
const text = () => document.querySelector('[role=alertdialog]')?.textContent ?? '';
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);

async function open(testHost: TestHost, account: Account) {
  await useAccountsStore(testHost.pinia).start();
  const mounted = mountWithHost(ForgetDialog, { account }, testHost);
  await settle();
  return mounted;
}

describe('D7 K5 what removing an account from this computer takes away', () => {
  it('the demo goes wholly, and it is said', async () => {
    const testHost = createTestHost();
    await open(testHost, testHost.services.addAccount());
    expect(text()).toContain('everything in it is deleted');
    expect(text()).not.toContain('stays as it is');
  });

  it.each([
    ['an account elsewhere', false],
    ['a service here that another account uses', true],
  ])('%s stays', async (_what, isHere) => {
    const testHost = createTestHost();
    if (isHere) testHost.services.addAccount();
    await open(testHost, testHost.services.addAccount(isHere ? {} : elsewhere));
    expect(text()).toContain('stays as it is');
    expect(text()).not.toContain('everything in it is deleted');
  });

  it('R2 asks whether a pasted token is to be deleted at the service too', async () => {
    const testHost = createTestHost();
    await open(testHost, testHost.services.addAccount({ ...elsewhere, isPasted: true, providerName: 'Codeberg' }));
    document.querySelector<HTMLInputElement>('#revoke-too')!.click();
    expect(text()).toContain('Also delete the token at Codeberg');
    button('Sign out and remove')!.click();
    await settle();
    expect(testHost.services.asked.find(({ channel }) => channel === 'auth.signOut')?.input).toMatchObject({
      forget: true,
      revoke: true,
    });
  });

  it('names the private halves and their copy in the agent, and offers to export them first', async () => {
    const testHost = createTestHost();
    testHost.services.deletion.localData = { sshKeys: 2, sessionNames: 0, draftFields: 0, activityEntries: 0 };
    const { wrapper, router } = await open(testHost, testHost.services.addAccount(elsewhere));
    expect(text()).toContain('The private halves of 2 SSH keys');
    expect(text()).toContain('SSH agent');
    button('Export keys first')!.click();
    await settle();
    expect(wrapper.emitted('close')).toHaveLength(1);
    expect(router.currentRoute.value.name).toBe('identity-keys');
    expect(testHost.services.accounts.accounts).toHaveLength(1);
  });

  it('says nothing of keys where there are none, or where that cannot be known', async () => {
    const testHost = createTestHost();
    await open(testHost, testHost.services.addAccount(elsewhere));
    expect(text()).not.toContain('SSH');
    expect(button('Export keys first')).toBeUndefined();
  });
});
