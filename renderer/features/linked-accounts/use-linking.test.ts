import { effectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { useReauthStore } from '../../account/reauth.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { settle } from '../../testing/waiting.ts';
import { useLinkedAccountsStore } from './linked-accounts.store.ts';
import { useLinking } from './use-linking.ts';

const issuer = 'https://id.brightline.example';

async function setUp() {
  const { services, app, pinia } = createTestHost();
  services.addAccount();
  services.linkedAccounts.offer();
  await useAccountsStore(pinia).start();
  const store = useLinkedAccountsStore(pinia);
  store.start();
  await settle();
  const scope = effectScope();
  const linking = app.runWithContext(() => scope.run(() => useLinking('c1'))!);
  const asked = () =>
    services.asked.map(({ channel }) => channel).filter((channel) => channel.startsWith('linkedAccounts.'));
  return { services, store, scope, asked, pinia, ...linking };
}

describe('C3 linking an identity', () => {
  it('waits for the browser, then shows what was added', async () => {
    const { services, store, link, waiting } = await setUp();
    const ended = link(issuer);
    await expect.poll(() => waiting.value?.provider).toBe('Brightline Sign-in');
    services.linkedAccounts.comeBack();
    const added = await ended;
    expect([waiting.value, added, store.snapshot?.linkedAccounts.length]).toEqual([
      undefined,
      expect.objectContaining({ label: 'mara@brightline.example' }),
      1,
    ]);
  });

  it('says so where the identity is linked already', async () => {
    const { services, store, link, waiting } = await setUp();
    services.linkedAccounts.comesBackKnown = true;
    const ended = link(issuer);
    await expect.poll(() => waiting.value).toBeDefined();
    services.linkedAccounts.comeBack();
    expect([await ended, store.snapshot?.linkedAccounts]).toEqual(['already', []]);
  });

  it('says why it did not work, and reads anew what is permitted', async () => {
    const { services, store, link, waiting, error } = await setUp();
    const ended = link(issuer);
    await expect.poll(() => waiting.value).toBeDefined();
    services.linkedAccounts.access = { kind: 'needs-permission', permission: 'Users Edit' };
    services.linkedAccounts.comeBack(new AppError('forbidden', { permission: 'Users Edit' }));
    await ended;
    expect(error.value).toEqual({ code: 'forbidden', permission: 'Users Edit' });
    expect(store.snapshot?.access.kind).toBe('needs-permission');
  });

  it('called off it is no error; leaving the screen calls it off', async () => {
    for (const end of ['cancel', 'leave'] as const) {
      const { scope, asked, link, waiting, error, cancel } = await setUp();
      const ended = link(issuer);
      await expect.poll(() => waiting.value).toBeDefined();
      if (end === 'cancel') cancel();
      else scope.stop();
      await ended;
      expect(error.value).toBeUndefined();
      expect(asked()).toContain('linkedAccounts.cancel');
    }
  });

  it('E12 goes on after the proof that was asked for', async () => {
    const { services, link, waiting, pinia } = await setUp();
    services.security.asksForProof = true;
    const ended = link(issuer);
    const reauth = useReauthStore(pinia);
    await expect.poll(() => reauth.isAsking).toBe(true);
    await reauth.prove({ kind: 'password', password: 'right' });
    await expect.poll(() => waiting.value).toBeDefined();
    services.linkedAccounts.comeBack();
    await ended;
  });

  it('opens the browser again when asked to, and takes the address where none can be opened', async () => {
    const { services, link, waiting, openAgain, cancel } = await setUp();
    const ended = link(issuer);
    await expect.poll(() => waiting.value?.address).toBeNull();
    services.linkedAccounts.address = 'https://id.brightline.example/authorize';
    await openAgain();
    expect(waiting.value?.address).toBe('https://id.brightline.example/authorize');
    services.faults.set('linkedAccounts.openAgain', new AppError('not-found'));
    await openAgain();
    cancel();
    await ended;
  });
});
