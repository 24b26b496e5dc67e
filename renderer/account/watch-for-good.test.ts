import { effectScope, type EffectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { useLinkedAccountsStore } from '../features/linked-accounts/linked-accounts.store.ts';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { settle } from '../testing/waiting.ts';
import { useAccountsStore } from './accounts.store.ts';
import { useReauthStore } from './reauth.store.ts';

/** Two accounts; the second is shown. `section` is what a component has: it is over once another page is open. */
async function setUp() {
  const { services, pinia, app } = createTestHost();
  const first = services.addAccount();
  const second = services.addAccount();
  services.linkedAccounts.offer();
  const accounts = useAccountsStore(pinia);
  await accounts.start();
  const section = effectScope();
  const asked = (channel: string) =>
    services.asked
      .filter((each) => each.channel === channel)
      .map(({ input }) => (input as { accountId: string }).accountId);
  const visit = async (scope: EffectScope, start: () => void) => {
    app.runWithContext(() => scope.run(start));
    await settle();
    scope.stop();
  };
  return { pinia, first, second, accounts, section, visit, asked };
}

describe('C3 E12 X7 what a store shows belongs to the account that is shown', () => {
  it('also when it was first needed by a section that is gone, and the account is changed on another page', async () => {
    const { pinia, first, second, accounts, section, visit } = await setUp();
    const linkedAccounts = useLinkedAccountsStore(pinia);
    await visit(section, linkedAccounts.start);
    expect(linkedAccounts.snapshot?.accountId).toBe(second.id);
    await accounts.select(first.id);
    await settle();
    expect(linkedAccounts.snapshot?.accountId).toBe(first.id);
    await accounts.select(second.id);
    expect(linkedAccounts.snapshot?.accountId).not.toBe(first.id);
  });

  it.each([
    { name: 'two-step verification', use: useMfaStore, channel: 'mfa.status' },
    { name: 'the proof of who you are', use: useReauthStore, channel: 'reauth.status' },
  ])('$name follows too, whoever started it', async ({ use, channel }) => {
    const { pinia, first, second, accounts, section, visit, asked } = await setUp();
    await visit(section, use(pinia).start);
    await accounts.select(first.id);
    await settle();
    expect(asked(channel)).toEqual([second.id, first.id]);
  });

  it('a proof that was being asked for one account is not taken for another', async () => {
    const { pinia, first, accounts, section, visit } = await setUp();
    const reauth = useReauthStore(pinia);
    await visit(section, reauth.start);
    const act = reauth.run(() => Promise.reject(new AppError('reauth-required')));
    const outcome = act.catch((error: unknown) => error);
    await settle();
    await accounts.select(first.id);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
  });
});
