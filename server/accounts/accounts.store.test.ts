import { describe, expect, it } from 'vitest';
import { defaultPreset } from '../presets/presets.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { createAccountsStore, type NewAccount } from './accounts.store.ts';
import { keyOf } from './identifier-key.ts';

const { user, contact } = defaultPreset.demo;
const second: NewAccount = {
  user: { ...user, username: 'Second.One' },
  contact: { ...contact, email: 'ÉMILE@Example.com' },
  passwordHash: 'hash',
  permissions: ['b', 'a', 'a'],
};

function setUp() {
  const { database, accountId } = openTestDatabase();
  return { database, accountId, accounts: createAccountsStore(database, { now: () => 86_400_000 }) };
}

describe('D7 accounts', () => {
  it('are made whole', () => {
    const { accounts } = setUp();
    const id = accounts.create(second);
    expect(accounts.readUser(id)).toEqual({ ...second.user, id, registeredAt: '1970-01-02T00:00:00.000Z' });
    expect(accounts.readContact(id)).toEqual(second.contact);
    expect(accounts.readAvatar(id)).toEqual({ image: null });
    expect(accounts.readPassword(id)).toBe('hash');
    expect(accounts.readPermissions(id)).toEqual(['a', 'b']);
  });

  it('or not at all, if a name is taken', () => {
    const { accounts, database } = setUp();
    const tables = () =>
      ['accounts', 'contacts', 'passwords', 'permissions'].map((table) => database.all(`SELECT * FROM ${table}`));
    const before = tables();
    expect(() => accounts.create({ ...second, contact })).toThrow('UNIQUE');
    expect(() => accounts.create({ ...second, user })).toThrow('UNIQUE');
    expect(tables()).toEqual(before);
  });

  it('are found by username or e-mail in any case and composition', () => {
    const { accounts } = setUp();
    const id = accounts.create(second);
    for (const name of ['second.one', ' SECOND.ONE ', 'émile@example.com', 'E\u0301mile@example.com'])
      expect(accounts.find(name)).toBe(id);
    for (const name of ['', 'second', 'emile@example.com', '%', "' OR 1=1 --"])
      expect(accounts.find(name)).toBeUndefined();
    expect(keyOf(' A\u030a@B ')).toBe('å@b');
  });

  it('take everything of theirs along when they go', () => {
    const { accounts, accountId, database } = setUp();
    accounts.setPermissions(accountId, ['a']);
    database.run('DELETE FROM accounts');
    for (const table of ['contacts', 'avatars', 'passwords', 'permissions'])
      expect(database.all(`SELECT * FROM ${table}`)).toEqual([]);
  });

  it('have one demo account at most', () => {
    const { accounts } = setUp();
    expect(accounts.findDemo()).toBeUndefined();
    const id = accounts.create({ ...second, isDemo: true });
    expect(accounts.findDemo()).toBe(id);
    const third = {
      ...second,
      user: { ...user, username: 'third' },
      contact: { ...contact, email: 'third@example.com' },
    };
    expect(() => accounts.create({ ...third, isDemo: true })).toThrow('UNIQUE');
  });
});
