import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { createStores } from '../features/stores.ts';
import { defaultPreset } from '../presets/presets.ts';
import { createTestFolder } from '../testing/test-database.ts';
import { openDatabase } from './database.ts';
import { guardAccounts } from './guard-accounts.ts';
import { migrations } from './migrations.ts';

/** Puts a folder back to what the version before left. */
function takeBack(folder: string): void {
  const connection = new DatabaseSync(join(folder, 'test.db'));
  for (const [, table] of guardAccounts.matchAll(/CREATE TABLE (\w+)/g)) connection.exec(`DROP TABLE ${table!}`);
  connection.exec(`PRAGMA user_version = ${String(migrations.indexOf(guardAccounts))}`);
  connection.close();
}

it('D7 H1 H2 M7 a data folder of the version before opens, with everything in it, and can do what is new', () => {
  const folder = createTestFolder();
  const open = () => {
    const database = openDatabase(folder, 'test');
    return { database, ...createStores(database, { now: () => 1_000 }, defaultPreset.policies) };
  };
  const { user, contact } = defaultPreset.demo;
  const before = open();
  const id = before.accounts.create({ user, contact, passwordHash: 'hash', permissions: ['a'], isDemo: true });
  const { sessionId, accessToken } = before.sessions.start(id, { userAgent: 'Firefox', ipAddress: '::1' });
  const codes = before.recoveryCodes.renew(id);
  before.lockOut.fail({ key: 'somebody', tries: 1 });
  before.database.close();
  takeBack(folder);

  const after = open();
  expect(after.database.get('PRAGMA user_version')).toEqual({ user_version: migrations.length });
  expect(after.accounts.readContact(id)).toEqual(contact);
  expect(after.sessions.check(accessToken)).toMatchObject({ kind: 'valid', session: { id: sessionId } });
  expect(after.lockOut.secondsLeft({ key: 'somebody', tries: 1 })).toBe(900);
  expect(after.recoveryCodes.take(id, codes[0]!)).toBe(true);
  expect([...after.freshFactors.list(sessionId)]).toEqual([]);
  expect(after.emailChanges.read(id)).toBeUndefined();
  expect(after.codeFailures.secondsLeft(id)).toBe(0);
  const token = after.emailChanges.open(id, 'new@example.com');
  expect(after.emailChanges.find(token!)).toEqual({ accountId: id, email: 'new@example.com' });
  after.database.close();
});
