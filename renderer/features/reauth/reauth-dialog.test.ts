import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { useReauthStore, type ReauthAct } from '../../account/reauth.store.ts';
import ConfirmDialog from '../../patterns/ConfirmDialog.vue';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import ReauthDialog from './ReauthDialog.vue';

async function setUp() {
  const testHost = createTestHost();
  const { id } = testHost.services.addAccount();
  testHost.services.security.asksForProof = true;
  await useAccountsStore(testHost.pinia).start();
  const store = useReauthStore(testHost.pinia);
  store.start();
  await settle();
  const act = async () => void (await testHost.host.calls.mfa.turnOff({ accountId: id }));
  const shown = async () => {
    mountWithHost(ReauthDialog, {}, testHost);
    await settle();
    return document.body.textContent;
  };
  const want = (called?: ReauthAct) => void store.run(act, called).catch(() => undefined);
  return { testHost, store, act, want, shown };
}

describe('E12 the question before an act', () => {
  it('names it, and says for how long it is the last', async () => {
    const { want, shown } = await setUp();
    want('deleteApiKey');
    await settle();
    expect(await shown()).toContain(
      'Enter your password to delete your API key. You won’t be asked again for 10 minutes.',
    );
  });

  it('K10 names the account where it is not the one that is shown', async () => {
    const { testHost, store, shown } = await setUp();
    testHost.services.addAccount({ id: 'c2', providerName: 'Gitea', address: 'https://git.example' });
    testHost.services.accounts = { ...testHost.services.accounts, currentId: 'c1' };
    await useAccountsStore(testHost.pinia).reload();
    const refuse = () => Promise.reject(new AppError('reauth-required'));
    const act = store.run(refuse, 'addSshKeys', 'c2').catch((error: unknown) => error);
    await settle();
    expect(await shown()).toMatch(
      /Enter your password to .+\. This is for .+Gitea.*, not for the account on screen\. You won’t be asked again/,
    );
    store.cancel();
    expect(await act).toMatchObject({ code: 'cancelled' });
  });

  it('is named by the dialog that asks before a dangerous act', async () => {
    const { testHost, act, store } = await setUp();
    const props = { title: 'Sure?', description: '', confirm: 'Yes', act, purpose: 'turnOffMfa' };
    mountWithHost(ConfirmDialog, props, testHost);
    await settle();
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent.includes('Yes'))?.click();
    await settle();
    expect(store.purpose).toBe('turnOffMfa');
    store.cancel();
  });

  it('speaks of a change where acts of several kinds wait, or one without a name', async () => {
    const { want, shown, store } = await setUp();
    want('deleteApiKey');
    want('turnOffMfa');
    await settle();
    expect(store.purpose).toBeUndefined();
    expect(await shown()).toContain('asks for this before such a change. You won’t be asked again for 10 minutes.');
    store.cancel();
    await settle();
    want();
    await settle();
    expect(store.purpose).toBeUndefined();
  });
});
