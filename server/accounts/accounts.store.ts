import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { accountReads } from './account-reads.ts';
import { accountWrites } from './account-writes.ts';
import { keyOf } from './identifier-key.ts';
import type { Contact, User } from './profile.schemas.ts';

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
          `INSERT INTO accounts (id, username, username_key, first_name, last_name, role, company, registered_at,
            is_demo)
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
