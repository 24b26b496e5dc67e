import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../testing/memory-files.ts';
import { createTestKeyWrapper } from '../testing/test-key-wrapper.ts';
import { startStorage } from '../testing/test-storage.ts';
import { createAccountRegistry } from './account-registry.ts';
import type { StoredAccount } from './accounts.stored.ts';

const makeRecord = (id: string): StoredAccount => ({
  id,
  kind: 'reference',
  target: { kind: 'embedded' },
  personId: `person ${id}`,
  providerName: 'Example',
  person: { name: 'Ada', email: 'ada@example.org', avatar: null },
  isSignedOut: false,
});

async function setUp() {
  const files = createMemoryFiles();
  const keyWrapper = createTestKeyWrapper();
  const registry = createAccountRegistry(startStorage(files, keyWrapper));
  await registry.put(makeRecord('a'), { isCurrent: true });
  return { registry, openAgain: () => createAccountRegistry(startStorage(files, keyWrapper)) };
}

const rename = (name: string) => (now: StoredAccount) => ({ ...now, person: { ...now.person, name } });

describe('D3 X7 AccountRegistry', () => {
  it('lets nobody show what is kept of an account that its person has signed out of, or that is not there', async () => {
    const { registry } = await setUp();
    await registry.mustShow('a');
    await registry.update('a', (now) => ({ ...now, isSignedOut: true }));
    await expect(registry.mustShow('a')).rejects.toMatchObject({
      ...{ code: 'unauthenticated', details: { reason: 'session-ended' } },
    });
    await expect(registry.mustShow('b')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps accounts in the order they were made, and the current one, over a restart', async () => {
    const { registry, openAgain } = await setUp();
    await registry.put(makeRecord('b'));
    await registry.put({ ...makeRecord('a'), providerName: 'Renamed' });
    const { accounts, currentId } = await openAgain().all();
    expect(accounts.map(({ id, providerName }) => [id, providerName])).toEqual([
      ['a', 'Renamed'],
      ['b', 'Example'],
    ]);
    expect(currentId).toBe('a');
  });

  it('moves on to another account when the current one is removed', async () => {
    const { registry } = await setUp();
    await registry.put(makeRecord('b'), { isCurrent: true });
    await registry.remove('b');
    expect((await registry.all()).currentId).toBe('a');
    await registry.remove('a');
    expect(await registry.all()).toMatchObject({ accounts: [], currentId: null });
  });

  it('loses none of two changes made at once', async () => {
    const { registry } = await setUp();
    await Promise.all([
      registry.update('a', rename('Grace')),
      registry.update('a', (now) => ({ ...now, isSignedOut: true })),
      registry.put(makeRecord('b')),
    ]);
    expect(await registry.get('a')).toMatchObject({ person: { name: 'Grace' }, isSignedOut: true });
    expect(await registry.has('b')).toBe(true);
  });

  it('does not bring a removed account back by a change that comes late', async () => {
    const { registry } = await setUp();
    await Promise.all([registry.remove('a'), registry.update('a', rename('Grace'))]);
    expect(await registry.has('a')).toBe(false);
  });

  it('knows only what it was given', async () => {
    const { registry } = await setUp();
    await expect(registry.get('b')).rejects.toMatchObject({ code: 'not-found' });
    await expect(registry.select('b')).rejects.toMatchObject({ code: 'not-found' });
  });
});
