import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createDevicesStore } from '../proofs/devices.store.ts';
import { createAccountsStore } from '../accounts/accounts.store.ts';
import { defaultPreset } from '../presets/presets.ts';
import { createTestFolder } from '../testing/test-database.ts';
import { claimData } from './claim-data.ts';
import { forgetDataKey, makeDataKey, readDataKey } from './data-key.ts';
import { openDatabase } from './database.ts';
import { migrations } from './migrations.ts';

const opened = (folder: string) => {
  openDatabase(folder, 'test').close();
};

describe('W10 E5 key of the data', () => {
  it('is 32 bytes for their owner alone, made once', () => {
    const folder = createTestFolder();
    opened(folder);
    const key = readFileSync(join(folder, 'test.key'));
    expect([key.length, statSync(join(folder, 'test.key')).mode & 0o777]).toEqual([32, 0o600]);
    opened(folder);
    expect(readFileSync(join(folder, 'test.key'))).toEqual(key);
  });

  it('is not replaced when it is lost, damaged or another one', () => {
    const [folder, other] = [createTestFolder(), createTestFolder()];
    opened(folder);
    opened(other);
    const file = join(folder, 'test.key');
    copyFileSync(join(other, 'test.key'), file);
    expect(() => opened(folder)).toThrow('test.key is not the key of test.db');
    writeFileSync(file, 'short');
    expect(() => opened(folder)).toThrow('test.key is damaged');
    rmSync(file);
    expect(() => opened(folder)).toThrow('test.key is missing');
    expect(readdirSync(folder)).toEqual(['test.db']);
  });

  it('is the one that was there first, and no part of a file is left', () => {
    const file = join(createTestFolder(), 'a.key');
    expect(readDataKey(file)).toBeUndefined();
    const first = makeDataKey(file);
    expect(makeDataKey(file)).toEqual(first);
    expect(readdirSync(join(file, '..'))).toEqual(['a.key']);
  });

  it.skipIf(process.platform === 'win32')('is read from no link and no pipe, and wiped in none (L2)', () => {
    const other = join(createTestFolder(), 'precious');
    const plant: Readonly<Record<string, (path: string) => void>> = {
      'a link': (path) => symlinkSync(other, path),
      'what never ends': (path) => symlinkSync('/dev/zero', path),
      'a pipe': (path) => void execFileSync('mkfifo', [path]),
    };
    const precious = Buffer.alloc(32, 'p');
    writeFileSync(other, precious);
    for (const [what, make] of Object.entries(plant)) {
      const folder = createTestFolder();
      const file = join(folder, 'test.key');
      make(file);
      expect(() => readDataKey(file), what).toThrow(/ELOOP|is no file/);
      expect(() => opened(folder), what).toThrow();
      forgetDataKey(file);
      expect(readdirSync(folder), what).not.toContain('test.key');
    }
    expect(readFileSync(other)).toEqual(precious);
  });

  it.skipIf(process.platform === 'win32')('says so instead of waiting where the data is a pipe (L2)', () => {
    for (const name of ['test.db', 'test.lock']) {
      const folder = createTestFolder();
      execFileSync('mkfifo', [join(folder, name)]);
      expect(() => (name === 'test.db' ? opened(folder) : claimData(folder, 'test')), name).toThrow();
    }
  });

  it('may come from elsewhere: then none lies here, and one that an earlier run left goes', () => {
    const folder = createTestFolder();
    opened(folder);
    const key = readFileSync(join(folder, 'test.key'));
    for (const wrong of [Buffer.alloc(32), Buffer.from(key).reverse()])
      expect(() => openDatabase(folder, 'test', wrong)).toThrow(expect.objectContaining({ reason: 'other-key' }));
    expect(readFileSync(join(folder, 'test.key'))).toEqual(key);
    openDatabase(folder, 'test', key).close();
    expect(readdirSync(folder)).toEqual(['test.db']);
    expect(() => opened(folder)).toThrow(expect.objectContaining({ reason: 'other-key' }));
    openDatabase(folder, 'test', key).close();
    expect(readdirSync(folder)).toEqual(['test.db']);
  });

  it('is one key for two processes that start at the same time', async () => {
    const folder = createTestFolder();
    const script = `import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'database.ts'))}; openDatabase(process.argv[1], 'test').close();`;
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, folder]);
    await Promise.all([start(), start(), start(), start()]);
    expect(readdirSync(folder).sort()).toEqual(['test.db', 'test.key']);
    opened(folder);
  });
});

describe('W10 data of the first version', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

  /** A database as the first version left it: one account with TOTP on and one session. */
  function createFirstVersion(folder: string): string {
    const connection = new DatabaseSync(join(folder, 'test.db'));
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON');
    connection.exec(String(migrations[0]));
    const { user } = defaultPreset.demo;
    connection
      .prepare(
        `INSERT INTO accounts (id, username, username_key, first_name, last_name, role, company, registered_at)
          VALUES ('a', ?, 'k', ?, ?, ?, ?, 0)`,
      )
      .run(user.username, user.firstName, user.lastName, user.role, user.company);
    connection.prepare(`INSERT INTO totp VALUES ('a', ?, 1)`).run(secret);
    connection.exec(`INSERT INTO sessions VALUES ('s', 'a', 'Firefox', '::1', 10, 20, 15); PRAGMA user_version = 1`);
    connection.close();
    return 'a';
  }

  it('keeps its device, with its secret sealed and the used code used', () => {
    const folder = createTestFolder();
    const accountId = createFirstVersion(folder);
    expect(readFileSync(join(folder, 'test.db')).includes(secret)).toBe(true);
    const database = openDatabase(folder, 'test');
    // RFC 6238, appendix B: second 59 lies in step 1.
    const devices = createDevicesStore(database, { now: () => 59_000 });
    expect(devices.list(accountId)).toMatchObject([{ name: 'Authenticator app', type: 'totp', lastUsedAt: null }]);
    expect(devices.take(accountId, '287082')).toBe(false);
    const later = createDevicesStore(database, { now: () => 1_111_111_109_000 });
    expect(later.take(accountId, '081804')).toBe(true);
    database.close();
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes(secret)).toBe(false);
  });

  it('keeps its sessions and makes nobody enrol', () => {
    const folder = createTestFolder();
    const accountId = createFirstVersion(folder);
    const database = openDatabase(folder, 'test');
    const query =
      'SELECT created_at, last_seen_at, last_modified_at, last_authenticated_at, reauthenticated_until FROM sessions';
    expect(database.all(query)).toEqual([
      {
        created_at: 10,
        last_seen_at: 20,
        last_modified_at: 15,
        last_authenticated_at: 15,
        reauthenticated_until: null,
      },
    ]);
    expect(createAccountsStore(database, { now: () => 0 }).isMfaForced(accountId)).toBe(false);
    expect(database.all('PRAGMA foreign_key_check')).toEqual([]);
    database.close();
  });
});
