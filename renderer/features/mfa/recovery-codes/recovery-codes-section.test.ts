import { describe, expect, it } from 'vitest';
import type { MfaStatus } from '../../../../shared/contract/account/mfa.ts';
import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import { useMfaStore } from '../mfa.store.ts';
import RecoveryCodesSection from './RecoveryCodesSection.vue';

const show = { 'recoveryCodes.show': { kind: 'editable' } } as const;
const renew = { 'recoveryCodes.renew': { kind: 'editable' } } as const;
const onPage = { 'recoveryCodes.renew': { kind: 'hand-off', page: 'sso.example.org', comesBack: true } } as const;
const counted = { total: 10, remaining: 8, createdAt: null };
const uncounted = { total: null, remaining: null, createdAt: null };

async function setUp(operations: OperationAccess, set: MfaStatus['recoveryCodes'], told: Partial<MfaStatus> = {}) {
  const testHost = createTestHost();
  testHost.services.addAccount({ providerName: 'auth.example.com' });
  Object.assign(testHost.services.security, told);
  const [account] = testHost.services.accounts.accounts;
  await useAccountsStore(testHost.pinia).start();
  useMfaStore(testHost.pinia).start();
  const { wrapper } = mountWithHost(RecoveryCodesSection, { account, operations, set }, testHost);
  await settle();
  return wrapper;
}

describe('E5 R1 recovery codes, by what a service says of them', () => {
  it.each<[string, OperationAccess, MfaStatus['recoveryCodes'], string, string[]]>([
    ['how many are left', { ...show, ...renew }, counted, '8 codes left of 10', ['Show codes', 'Make a new set']],
    ['that there is a set', { ...show, ...renew }, uncounted, 'You have a set.', ['Show codes', 'Make a new set']],
    ['that there is none (R8)', { ...show, ...renew }, null, 'No recovery codes yet', ['Make a new set']],
    ['nothing (R9)', renew, null, 'auth.example.com does not say how many you have left', ['Make a new set']],
    ['that its page makes the first set (R4)', onPage, null, 'No recovery codes yet', ['Make new codes']],
  ])('%s', async (_what, operations, set, title, buttons) => {
    const wrapper = await setUp(operations, set);
    expect(wrapper.text()).toContain(title);
    const shown = () => wrapper.findAll('button').map((button) => button.text().split(' at ')[0]);
    // What opens a page is loaded late.
    await expect.poll(() => shown()).toEqual(buttons);
  });

  it.each<[string, Partial<MfaStatus>, string]>([
    ['claims nothing where it is on by what the service does not name (R6, R7)', { isOn: true }, 'does not say'],
    ['claims nothing where the service tells nobody (R6)', { isUntold: true }, 'does not say'],
    ['has none where it is off (R6, R7)', {}, 'No recovery codes yet'],
  ])('%s', async (_what, told, title) => {
    expect((await setUp(onPage, null, told)).text()).toContain(title);
  });
});
