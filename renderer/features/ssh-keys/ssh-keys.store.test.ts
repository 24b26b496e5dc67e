import { describe, expect, it } from 'vitest';
import { keyUsages } from '../../../shared/contract/keys/ssh-keys.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { useSshKeysStore } from './ssh-keys.store.ts';

async function setUp() {
  const testHost = createTestHost();
  const { id } = testHost.services.addAccount();
  const store = useSshKeysStore(testHost.pinia);
  await store.open(id);
  return { ...testHost, fake: testHost.services.sshKeys, store };
}

describe('E11 the identity keys of an account', () => {
  it('E11 X6 none can be added beyond the limit, without the right, or while nothing is known', async () => {
    const { fake, store } = await setUp();
    expect(store.addLock).toBeUndefined();
    fake.addKey();
    fake.head = { ...fake.head, limit: 1 };
    await store.refresh();
    expect(store.addLock).toMatch(/no more/);
    fake.head = { ...fake.head, limit: null, access: { kind: 'needs-permission', permission: 'keys:write' } };
    await store.refresh();
    expect(store.addLock).toMatch(/keys:write/);
  });

  it('K6 what is no public key is given back, and nothing is added', async () => {
    const { fake, store } = await setUp();
    expect(await store.addPublic('', '-----BEGIN OPENSSH PRIVATE KEY-----')).toMatchObject({ batchId: 'b1' });
    expect(fake.keys).toEqual([]);
    expect(await store.addPublic('Laptop', 'ssh-ed25519 AAAA')).toBeNull();
    expect(store.snapshot?.keys.map(({ title }) => title)).toEqual(['Laptop']);
  });

  it('E11 R6 a new key is for what is usual there, or for what was chosen', async () => {
    const { fake, store, services } = await setUp();
    expect([store.usage, store.usages]).toEqual([undefined, []]);
    fake.head = { ...fake.head, usages: [...keyUsages] };
    await store.refresh();
    expect(store.usage).toBe('authentication');
    store.usage = 'signing';
    await store.refresh();
    await store.addPublic('Laptop', 'ssh-ed25519 AAAA');
    expect(services.asked.findLast(({ channel }) => channel === 'sshKeys.addPublic')?.input).toMatchObject({
      usage: 'signing',
    });
    expect(store.snapshot?.keys[0]?.usage).toBe('signing');
    fake.head = { ...fake.head, usages: ['both', 'authentication'] };
    await store.refresh();
    expect(store.usage, 'what cannot be chosen any more is not').toBe('both');
  });

  it('K5 K9 takes over what an act has changed', async () => {
    const { fake, store } = await setUp();
    const { id } = fake.addKey({ hasPrivateHalf: true });
    await store.addToAgent(id, { lifetime: null, confirm: false });
    await store.verify(id);
    await store.forgetPrivate(id);
    expect(store.snapshot?.keys[0]).toMatchObject({
      hasPrivateHalf: false,
      isInAgent: true,
      verifiedAt: expect.any(String) as string,
    });
    await store.removeFromAgent(id);
    await store.remove(id);
    expect(store.snapshot?.keys).toEqual([]);
  });
});
