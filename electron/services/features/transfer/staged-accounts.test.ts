import { describe, expect, it } from 'vitest';
import { accountsSpec } from '../../accounts/accounts.stored.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { startStorage } from '../../testing/test-storage.ts';
import { StagedAccounts } from './staged-accounts.ts';
import { stagedSpec } from './transfer.stored.ts';

const here = {
  id: 'here',
  kind: 'gitea',
  providerName: 'Forge',
  personId: '7',
  isSignedOut: true,
  target: { kind: 'address', address: 'https://forge.example' },
  person: { name: 'Mara', email: 'mara@a.example', avatar: null },
} as const;

/** Two starts of the app on the same files; `done` is what was deleted. */
async function setUp() {
  const storage = startStorage(createMemoryFiles());
  await storage.document(accountsSpec).write({ version: 2, accounts: [here], currentId: 'here' });
  const done: string[] = [];
  const tidyUp = {
    forget: async (id: string) => done.push(`forget ${id}`),
    tidy: async (id: string) => done.push(`tidy ${id}`),
  };
  const left = async () => (await storage.document(stagedSpec).read())?.accountIds;
  return { done, tidyUp, left, before: new StagedAccounts(storage), now: new StagedAccounts(storage) };
}

describe('X14 what an import laid ready', () => {
  it('goes at the next start, of an account that is here as of one that is not', async () => {
    const { done, tidyUp, left, before, now } = await setUp();
    await before.note('here');
    await before.note('nobody');
    await now.tidy(tidyUp);
    expect([done, await left()]).toEqual([['tidy here', 'forget nobody'], undefined]);
  });

  it('stays while that import runs, however late what others left is tidied up', async () => {
    const { done, tidyUp, left, before, now } = await setUp();
    await before.note('old');
    await now.note('here');
    await now.note('new');
    await now.tidy(tidyUp);
    expect([done, await left()]).toEqual([['forget old'], ['here', 'new']]);
  });

  it('is laid ready only once what others left is gone', async () => {
    const { done, tidyUp, left, before, now } = await setUp();
    await before.note('here');
    const slow = { ...tidyUp, tidy: (id: string) => new Promise((resolve) => setImmediate(resolve, tidyUp.tidy(id))) };
    await Promise.all([now.tidy(slow), now.note('here').then(() => done.push('noted'))]);
    expect([done, await left()]).toEqual([['tidy here', 'noted'], ['here']]);
  });

  it('is known at the next start also where it could not be tidied up at this one', async () => {
    const { tidyUp, left, before, now } = await setUp();
    await before.note('here');
    const full = { ...tidyUp, tidy: () => Promise.reject(new Error('full')) };
    await expect(now.tidy(full)).rejects.toThrow('full');
    await now.note('new');
    expect(await left()).toEqual(['here', 'new']);
  });
});
