import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { canMountDisks, mountTinyDisk } from '../../tests/support/tiny-disk.ts';
import { writeUntilKilled } from '../../tests/support/write-until-killed.ts';
import { createAccountsStore } from '../accounts/accounts.store.ts';
import { createTestFolder, openTestDatabase } from '../testing/test-database.ts';
import { openDatabase, StorageError } from './database.ts';
import { migrations } from './migrations.ts';

function failure(folder: string): StorageError {
  try {
    openDatabase(folder, 'test').close();
  } catch (error) {
    if (error instanceof StorageError) return error;
  }
  throw new Error('it opened');
}

describe('D7 data folder', () => {
  it('is made for its owner alone, with a sound database in WAL mode', () => {
    const folder = join(createTestFolder(), 'a', 'b');
    const database = openDatabase(folder, 'test');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(database.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(database.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    expect(database.get('PRAGMA user_version')).toEqual({ user_version: migrations.length });
    database.close();
    expect(readdirSync(folder)).toEqual(['test.db', 'test.key']);
  });

  it('is left as it is where it was there before; the files in it are for their owner alone', () => {
    const folder = createTestFolder();
    chmodSync(folder, 0o755);
    const database = openDatabase(folder, 'test');
    database.run('INSERT INTO sign_in_failures VALUES (:subject, 1, 1)', { subject: 'a' });
    expect(statSync(folder).mode & 0o777).toBe(0o755);
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([
      0o600, 0o600, 0o600, 0o600,
    ]);
    database.close();
  });

  it('keeps what it has when opened again', () => {
    const folder = createTestFolder();
    for (let count = 0; count < 2; count += 1) {
      const database = openDatabase(folder, 'test');
      database.run(`INSERT INTO sign_in_failures VALUES (:subject, 1, 1)`, { subject: String(count) });
      expect(database.all('SELECT * FROM sign_in_failures')).toHaveLength(count + 1);
      database.close();
    }
  });

  it('is refused below a file', () => {
    const file = join(createTestFolder(), 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'folder')]) {
      expect(failure(folder)).toMatchObject({
        reason: 'folder-read-only',
        message: `the data folder ${folder} cannot be written to`,
      });
    }
  });

  it.skipIf(process.platform !== 'linux')('is refused where the kernel lets nobody make folders', () => {
    expect(failure('/proc/profile-desk')).toMatchObject({ reason: 'folder-read-only' });
  });

  it.skipIf(!canMountDisks())(
    'is refused on a read-only disk where it does not exist yet (skipped: mounting needs an administrator)',
    () => {
      using disk = mountTinyDisk(512);
      disk.makeReadOnly();
      const folder = join(disk.path, 'a', 'b');
      expect(failure(folder)).toMatchObject({
        reason: 'folder-read-only',
        message: `the data folder ${folder} cannot be written to`,
      });
    },
  );

  it('is refused, and left as it is, if it holds something else or something newer', () => {
    const folder = createTestFolder();
    const text = 'not a database, but long enough to be looked at as one. '.repeat(100);
    writeFileSync(join(folder, 'test.db'), text);
    expect(failure(folder).reason).toBe('other');
    expect(statSync(join(folder, 'test.db')).size).toBe(text.length);

    const newer = createTestFolder();
    const database = new DatabaseSync(join(newer, 'test.db'));
    database.exec(`PRAGMA user_version = ${String(migrations.length + 1)}`);
    database.close();
    expect(failure(newer).message).toContain('newer version');
    expect(readdirSync(newer)).toEqual(['test.db']);
  });

  it('tells a full disk from other faults', () => {
    const { database } = openTestDatabase();
    database.run('PRAGMA max_page_count = 1');
    const fill = () => {
      for (let count = 0; count < 1_000; count += 1) {
        database.run('INSERT INTO sign_in_failures VALUES (:subject, 1, 1)', {
          subject: `${String(count)}${'x'.repeat(1_000)}`,
        });
      }
    };
    expect(fill).toThrow(expect.objectContaining({ errcode: 13 }));
  });
});

describe('D7 transactions', () => {
  it('keep all or nothing, also nested', () => {
    const { database } = openTestDatabase();
    const insert = (subject: string) =>
      database.run('INSERT INTO sign_in_failures VALUES (:subject, 1, 1)', { subject });
    expect(() =>
      database.transaction(() => {
        insert('a');
        database.transaction(() => insert('b'));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(database.all('SELECT * FROM sign_in_failures')).toEqual([]);
    expect(database.transaction(() => insert('c'))).toBe(1);
    expect(database.all('SELECT subject FROM sign_in_failures')).toEqual([{ subject: 'c' }]);
  });
});

describe('D7 two processes on one folder', () => {
  it('cannot write between what the other reads and writes', () => {
    const folder = createTestFolder();
    const database = openDatabase(folder, 'test');
    const other = new DatabaseSync(join(folder, 'test.db'), { timeout: 0 });
    const write = `INSERT INTO sign_in_failures VALUES ('a', 1, 1)`;
    database.transaction(() => {
      expect(database.all('SELECT * FROM sign_in_failures')).toEqual([]);
      expect(() => {
        other.exec(write);
      }).toThrow('locked');
      database.run(write);
    });
    other.close();
    database.close();
  });
});

describe('D7 kill -9 while writing', () => {
  it('leaves a sound database with every acknowledged account whole', async () => {
    const folder = createTestFolder();
    openDatabase(folder, 'test').close();
    const acknowledged: string[] = [];
    const script = join(import.meta.dirname, '../testing/write-loop.ts');
    for (const thenMs of [3, 17, 40])
      acknowledged.push(...(await writeUntilKilled(script, [folder], { afterLines: 2, thenMs })));

    const database = openDatabase(folder, 'test');
    expect(database.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    expect(database.all('PRAGMA foreign_key_check')).toEqual([]);
    const stored = new Set(database.all<{ id: string }>('SELECT id FROM accounts').map(({ id }) => id));
    const accounts = createAccountsStore(database, { now: () => 0 });
    for (const id of stored)
      expect([accounts.readContact(id).city, accounts.readPermissions(id)]).toEqual(['Stockholm', ['a', 'b']]);
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    database.close();
  });
});
