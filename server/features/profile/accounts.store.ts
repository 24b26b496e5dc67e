import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Avatar, Contact, User } from './profile.schemas.ts';

export interface NewAccount {
  readonly user: Omit<User, 'id' | 'registeredAt'>;
  readonly contact: Contact;
  readonly passwordHash: string;
  readonly permissions: readonly string[];
  /** Milliseconds since the epoch; now if left out. */
  readonly registeredAt?: number;
  readonly isDemo?: boolean;
}

/** The people of this server: their records, passwords (hashed) and permissions. */
export type AccountsStore = ReturnType<typeof createAccountsStore>;

interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly role: string;
  readonly company: string;
  readonly registered_at: number;
}

interface ContactRow {
  readonly email: string;
  readonly phone: string;
  readonly address_line_1: string;
  readonly address_line_2: string;
  readonly city: string;
  readonly state: string;
  readonly postal_code: string;
  readonly country: string;
}

/** The form in which usernames and e-mail addresses are compared. */
export function keyOf(identifier: string): string {
  return identifier.normalize('NFC').trim().toLowerCase();
}

export function createAccountsStore(database: Database, clock: Clock) {
  const writes = accountWrites(database);
  return {
    ...accountReads(database),
    ...writes,
    /** Makes a whole account or none; returns its id. */
    create({
      user,
      contact,
      passwordHash,
      permissions,
      registeredAt = clock.now(),
      isDemo = false,
    }: NewAccount): string {
      const id = randomUUID();
      database.transaction(() => {
        database.run(
          `INSERT INTO accounts (id, username, username_key, first_name, last_name, role, company, registered_at, is_demo)
           VALUES (:id, :username, :key, :firstName, :lastName, :role, :company, :registeredAt, :isDemo)`,
          { ...user, id, key: keyOf(user.username), registeredAt, isDemo: isDemo ? 1 : 0 },
        );
        writes.writeContact(id, contact);
        writes.writeAvatar(id, { image: null });
        writes.setPassword(id, passwordHash);
        writes.setPermissions(id, permissions);
      });
      return id;
    },
  };
}

function accountWrites(database: Database) {
  function setPassword(accountId: string, hash: string): void {
    database.run(
      'INSERT INTO passwords (account_id, hash) VALUES (:accountId, :hash) ON CONFLICT (account_id) DO UPDATE SET hash = :hash',
      { accountId, hash },
    );
  }
  /** False, and nothing done, if `known` is no longer the hash: somebody else was quicker. */
  function replacePassword(accountId: string, known: string, hash: string): boolean {
    return (
      database.run('UPDATE passwords SET hash = :hash WHERE account_id = :accountId AND hash = :known', {
        accountId,
        known,
        hash,
      }) > 0
    );
  }
  function setPermissions(accountId: string, names: readonly string[]): void {
    database.transaction(() => {
      database.run('DELETE FROM permissions WHERE account_id = :accountId', { accountId });
      for (const name of new Set(names))
        database.run('INSERT INTO permissions VALUES (:accountId, :name)', { accountId, name });
    });
  }
  function setMfaForced(accountId: string, isForced: boolean): void {
    database.run('UPDATE accounts SET is_mfa_forced = :isForced WHERE id = :accountId', {
      accountId,
      isForced: isForced ? 1 : 0,
    });
  }
  function writeUser(
    id: string,
    { username, firstName, lastName, role, company }: Omit<User, 'id' | 'registeredAt'>,
  ): void {
    database.run(
      `UPDATE accounts SET username = :username, username_key = :key, first_name = :firstName, last_name = :lastName,
       role = :role, company = :company WHERE id = :id`,
      { id, username, key: keyOf(username), firstName, lastName, role, company },
    );
  }
  function writeContact(accountId: string, contact: Contact): void {
    database.run(
      `INSERT INTO contacts VALUES (:accountId, :email, :key, :phone, :addressLine1, :addressLine2, :city, :state, :postalCode, :country)
       ON CONFLICT (account_id) DO UPDATE SET email = :email, email_key = :key, phone = :phone, address_line_1 = :addressLine1,
       address_line_2 = :addressLine2, city = :city, state = :state, postal_code = :postalCode, country = :country`,
      { ...contact, key: keyOf(contact.email), accountId },
    );
  }
  function writeAvatar(accountId: string, { image }: Avatar): void {
    database.run(
      'INSERT INTO avatars VALUES (:accountId, :image) ON CONFLICT (account_id) DO UPDATE SET image = :image',
      { accountId, image },
    );
  }
  /** With everything that belongs to the account. */
  function remove(id: string): void {
    database.run('DELETE FROM accounts WHERE id = :id', { id });
  }
  return { remove, setPassword, replacePassword, setPermissions, setMfaForced, writeUser, writeContact, writeAvatar };
}

function accountReads(database: Database) {
  return {
    /** By e-mail or username. Returns the account's id. */
    find(identifier: string): string | undefined {
      const key = keyOf(identifier);
      return database.get<{ id: string }>(
        'SELECT id FROM accounts WHERE username_key = :key UNION SELECT account_id FROM contacts WHERE email_key = :key',
        { key },
      )?.id;
    },
    /** The demo account, whatever its person has called themselves since. Returns its id. */
    findDemo(): string | undefined {
      return database.get<{ id: string }>('SELECT id FROM accounts WHERE is_demo = 1')?.id;
    },
    readPassword(accountId: string): string | undefined {
      return database.get<{ hash: string }>('SELECT hash FROM passwords WHERE account_id = :accountId', { accountId })
        ?.hash;
    },
    /** Whether the account must have a second factor. */
    isMfaForced(id: string): boolean {
      return database.get('SELECT 1 FROM accounts WHERE id = :id AND is_mfa_forced = 1', { id }) !== undefined;
    },
    /** Whether this is the only person of their company with this role. */
    isLastOf(id: string, role: string): boolean {
      const row = database.get(
        `SELECT 1 FROM accounts WHERE id = :id AND role = :role AND NOT EXISTS
         (SELECT 1 FROM accounts AS others WHERE others.company = accounts.company AND others.role = :role AND others.id <> :id)`,
        { id, role },
      );
      return row !== undefined;
    },
    readPermissions(accountId: string): string[] {
      const rows = database.all<{ name: string }>(
        'SELECT name FROM permissions WHERE account_id = :accountId ORDER BY name',
        { accountId },
      );
      return rows.map(({ name }) => name);
    },
    readUser(id: string): User {
      const row = found(database.get<UserRow>('SELECT * FROM accounts WHERE id = :id', { id }));
      return {
        id: row.id,
        firstName: row.first_name,
        lastName: row.last_name,
        username: row.username,
        role: row.role,
        company: row.company,
        registeredAt: new Date(row.registered_at).toISOString(),
      };
    },
    readContact(accountId: string): Contact {
      const row = found(
        database.get<ContactRow>('SELECT * FROM contacts WHERE account_id = :accountId', { accountId }),
      );
      return {
        email: row.email,
        phone: row.phone,
        addressLine1: row.address_line_1,
        addressLine2: row.address_line_2,
        city: row.city,
        state: row.state,
        postalCode: row.postal_code,
        country: row.country,
      };
    },
    readAvatar(accountId: string): Avatar {
      return found(database.get<Avatar>('SELECT image FROM avatars WHERE account_id = :accountId', { accountId }));
    },
  };
}

/** Sessions die with their account, so a caller's record is always there. */
function found<Row>(row: Row | undefined): Row {
  if (!row) throw new Error('the account has no such record');
  return row;
}
