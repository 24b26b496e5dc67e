import type { Database } from '../database/database.ts';
import { keyOf } from './identifier-key.ts';
import type { Avatar, Contact, User } from './profile.schemas.ts';

const upsertPassword = `INSERT INTO passwords (account_id, hash) VALUES (:accountId, :hash)
  ON CONFLICT (account_id) DO UPDATE SET hash = :hash`;

/** What changes an account's records. */
export function accountWrites(database: Database) {
  function setPassword(accountId: string, hash: string): void {
    database.run(upsertPassword, { accountId, hash });
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
      `INSERT INTO contacts VALUES (:accountId, :email, :key, :phone, :addressLine1, :addressLine2, :city, :state,
        :postalCode, :country)
       ON CONFLICT (account_id) DO UPDATE
       SET email = :email, email_key = :key, phone = :phone, address_line_1 = :addressLine1,
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
