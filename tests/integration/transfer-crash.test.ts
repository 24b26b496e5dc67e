import { expect, it } from 'vitest';
import { accountsSpec } from '../../electron/services/accounts/accounts.stored.ts';
import { createActivityDocuments } from '../../electron/services/features/activity/activity-documents.ts';
import { emptyHead } from '../../electron/services/features/activity/activity-head.ts';
import { createPortableActivity } from '../../electron/services/features/activity/portable/portable-activity.ts';
import { pendingSettingsSpec } from '../../electron/services/features/settings/settings.stored.ts';
import { stagedSpec } from '../../electron/services/features/transfer/transfer.stored.ts';
import { makeEntries } from '../../electron/services/testing/make-activity.ts';
import { createManualClock } from '../../electron/services/testing/manual-clock.ts';
import { createMemoryFiles } from '../../electron/services/testing/memory-files.ts';
import { quickly, silentLog } from '../../electron/services/testing/test-storage.ts';
import { createSealedStorage } from '../../electron/services/vault/create-sealed-storage.ts';
import { openApp, openKeyWrapper } from './services-under-test.ts';

it('X14 an app that ended in the middle of an import puts what was taken over in its place, and the rest away', async () => {
  const files = createMemoryFiles();
  const clock = createManualClock();
  const storage = createSealedStorage({ files, keyWrapper: openKeyWrapper, deriveKey: quickly, clock, log: silentLog });
  // Taken over, but for its settings.
  await storage.document(pendingSettingsSpec).write({ version: 1, settings: { theme: 'dark' } });
  // Not taken over: an account that came to no list.
  await storage.document(stagedSpec).write({ version: 1, accountIds: ['nobody'] });
  const documents = createActivityDocuments(storage);
  await documents.saveSegment('nobody', 300, 0, makeEntries(5));
  await documents.save('nobody', { ...emptyHead, newest: makeEntries(5) });

  let settings: unknown = { theme: 'light' };
  const settingsFile = { read: () => settings, write: (value: unknown) => (settings = value) };
  const app = await openApp('unused', { files, settingsFile });
  expect((await app.calls.accounts.list()).accounts).toEqual([]);
  await expect.poll(() => [...files.content.keys()].sort()).toEqual(['ledger.sealed', 'vault-key.json']);
  expect(await app.calls.settings.get()).toMatchObject({ theme: 'dark' });
  expect((await app.calls.app.snapshot()).notices).toEqual([]);
  await app.close();
});

it('X14 an app that ended in the middle of an import leaves an account that is here as it was, and nothing beside it', async () => {
  const files = createMemoryFiles();
  const clock = createManualClock();
  const storage = createSealedStorage({ files, keyWrapper: openKeyWrapper, deriveKey: quickly, clock, log: silentLog });
  const person = { name: 'Mara', email: 'mara@a.example', avatar: null };
  const account = {
    id: 'here',
    kind: 'gitea',
    providerName: 'Forge',
    personId: '7',
    isSignedOut: true,
    person,
  } as const;
  const target = { kind: 'address', address: 'https://forge.example' } as const;
  await storage.document(accountsSpec).write({ version: 2, accounts: [{ ...account, target }], currentId: 'here' });
  const documents = createActivityDocuments(storage);
  await documents.save('here', { ...emptyHead, newest: makeEntries(5) });
  const before = [...files.content.keys()].sort();
  await storage.document(stagedSpec).write({ version: 1, accountIds: ['here'] });
  const gathering = createPortableActivity({ storage, limit: () => 10_000 }).gather('here');
  for (const entry of makeEntries(1_200, 5)) await gathering.take(entry);
  expect(files.content.size).toBeGreaterThan(before.length + 3);

  const app = await openApp('unused', { files });
  expect((await app.calls.accounts.list()).accounts).toHaveLength(1);
  await expect.poll(() => [...files.content.keys()].sort()).toEqual(before);
  expect((await app.calls.app.snapshot()).notices).toEqual([]);
  await app.close();
});
