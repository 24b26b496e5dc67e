import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { useApiKeyStore } from '../features/program-keys/api-key/api-key.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { createGate, settle } from '../testing/waiting.ts';
import { useAccountsStore } from './accounts.store.ts';

async function setUp() {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  const { id } = services.addAccount();
  services.keys.addApiKey();
  await useAccountsStore(pinia).start();
  const store = useApiKeyStore(pinia);
  return { ...testHost, id, keys: services.keys, store };
}

describe('X6 why keys cannot be changed', () => {
  it('is that the provider has not answered yet, as long as what is kept is shown', async () => {
    const { services, store, id } = await setUp();
    const { opened, open } = createGate();
    services.gates.set('apiKey.get provider', opened);
    const opening = store.open(id);
    await settle();
    expect([store.snapshot?.source, store.lock]).toEqual(['cache', expect.stringContaining('once')]);
    open();
    await opening;
    expect([store.snapshot?.source, store.lock]).toEqual(['provider', undefined]);
  });

  it('is a permission, as soon as it is taken away', async () => {
    const { services, store, keys, id } = await setUp();
    await store.open(id);
    keys.head = { ...keys.head, access: { kind: 'needs-permission', permission: 'API Key Manage' } };
    services.emit('apiKey.changed', keys.apiKeyOf(id));
    expect(store.lock).toContain('API Key Manage');
  });

  it('D5 is that the provider cannot be reached', async () => {
    const { services, store, id } = await setUp();
    await store.open(id);
    services.setState(id, { kind: 'offline', since: '2026-03-01T09:30:00.000Z', cause: { code: 'offline' } });
    expect(store.lock).toContain('online');
    expect(store.isStale).toBe(false);
  });
});

describe('W7 the API key that is shown', () => {
  it('is the one of the account, the later of two', async () => {
    const { services, store, keys, id } = await setUp();
    await store.open(id);
    const earlier = keys.apiKeyOf(id);
    await store.remove();
    services.emit('apiKey.changed', earlier);
    services.emit('apiKey.changed', { ...earlier, accountId: 'another', sequence: earlier.sequence + 100 });
    expect(store.snapshot?.key).toBeNull();
  });

  it('is as old as it says where the provider does not tell', async () => {
    const { services, store, id } = await setUp();
    services.faults.set('apiKey.get provider', new AppError('server-fault'));
    await store.open(id);
    expect([store.isStale, store.snapshot?.source]).toEqual([true, 'cache']);
  });

  it('is asked for again after a break', async () => {
    const { store, keys, resync, id } = await setUp();
    await store.open(id);
    keys.apiKey = null;
    resync();
    await settle();
    expect(store.snapshot?.key).toBeNull();
  });
});
