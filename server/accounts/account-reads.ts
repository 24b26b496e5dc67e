import type { Database } from '../database/database.ts';
import { keyOf } from './identifier-key.ts';
import type { Avatar, Contact, User } from './profile.schemas.ts';

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

/** Who is who, and what they may do. */
export function accountReads(database: Database) {
  return { ...facts(database), ...records(database) };
}

function facts(database: Database) {
  return {
    /** By e-mail or username. Returns the account's id. */
    find(identifier: string): string | undefined {
      const key = keyOf(identifier);
      return database.get<{ id: string }>(
        `SELECT id FROM accounts WHERE username_key = :key UNION SELECT account_id FROM contacts
          WHERE email_key = :key`,
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
         (SELECT 1 FROM accounts AS others
         WHERE others.company = accounts.company AND others.role = :role AND others.id <> :id)`,
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
  };
}

function records(database: Database) {
  return {
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
