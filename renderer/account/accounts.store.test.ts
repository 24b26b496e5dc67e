import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { createGate, settle } from '../testing/waiting.ts';
import { useAccountsStore } from './accounts.store.ts';

async function setUp() {
  const testHost = createTestHost();
  const first = testHost.services.addAccount();
  const second = testHost.services.addAccount();
  const store = useAccountsStore(testHost.pinia);
  await store.start();
  return { ...testHost, first, second, store };
}

describe('W1 the accounts of this computer', () => {
  it('takes one snapshot, then events', async () => {
    const { store, services, second } = await setUp();
    expect(store.current?.id).toBe(second.id);
    services.setState(second.id, { kind: 'offline', since: '2026-03-01T10:00:00.000Z', cause: { code: 'offline' } });
    expect(store.isOffline).toBe(true);
    expect(services.asked.filter(({ channel }) => channel === 'accounts.list')).toHaveLength(1);
  });

  it('lets an event that came during the snapshot win', async () => {
    const { services, pinia } = createTestHost();
    const { id } = services.addAccount();
    const gate = createGate();
    services.gates.set('accounts.list', gate.opened);
    const store = useAccountsStore(pinia);
    const starting = store.start();
    services.setState(id, { kind: 'connecting' });
    services.accounts = { accounts: [], currentId: null };
    gate.open();
    await starting;
    expect(store.current?.state.kind).toBe('connecting');
  });

  it('takes a new snapshot after a break of the connection to the shell', async () => {
    const { store, services, resync } = await setUp();
    services.accounts = { accounts: [], currentId: null };
    resync();
    await settle();
    expect(store.current).toBeUndefined();
  });

  it('switches', async () => {
    const { store, first } = await setUp();
    await store.select(first.id);
    expect(store.current?.id).toBe(first.id);
  });

  it('asks the provider again once, however often that is pressed', async () => {
    const { store, services } = await setUp();
    await Promise.all([store.check(), store.check()]);
    expect(services.asked.filter(({ channel }) => channel === 'accounts.check')).toHaveLength(1);
    expect(store.isChecking).toBe(false);
  });

  it('signs out, and removes the account with it when asked to', async () => {
    const { store, first, second } = await setUp();
    expect(await store.signOut(first, { forget: false })).toBe(true);
    expect(store.find(first.id)?.state.kind).toBe('signed-out');
    await store.signOut(second, { forget: true });
    expect(store.find(second.id)).toBeUndefined();
  });

  it('R2 says where a pasted token still counts that was to be deleted', async () => {
    const { store, services, first, second } = await setUp();
    services.isProviderTold = false;
    await store.signOut(first, { forget: false, revoke: true });
    expect([store.tokenStaysAt, store.unnotifiedProvider]).toEqual([first.providerName, undefined]);
    await store.signOut(second, { forget: false });
    expect([store.tokenStaysAt, store.unnotifiedProvider]).toEqual([undefined, second.providerName]);
    // One that the app was given by a code, at a service that deletes none.
    services.tokensLast = true;
    await store.signOut(first, { forget: false });
    expect([store.tokenStaysAt, store.unnotifiedProvider]).toEqual([first.providerName, undefined]);
  });

  it('says why signing out did not work', async () => {
    const { store, services, first } = await setUp();
    services.faults.set('auth.signOut', new AppError('storage-fault', { reason: 'disk-full' }));
    expect(await store.signOut(first, { forget: true })).toBe(false);
    expect(store.error).toEqual({ code: 'storage-fault', reason: 'disk-full' });
    expect(store.find(first.id)).toBeDefined();
  });
});
