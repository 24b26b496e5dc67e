import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDatabase, type Database } from '../database/database.ts';
import { createAccountsStore } from '../accounts/accounts.store.ts';
import { defaultPreset } from '../presets/presets.ts';

/** A folder that goes when the test ends. */
export function createTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'profile-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real database with one account in it. */
export function openTestDatabase(): { readonly database: Database; readonly accountId: string } {
  const database = openDatabase(createTestFolder(), 'test');
  onTestFinished(() => {
    database.close();
  });
  const { user, contact } = defaultPreset.demo;
  const accounts = createAccountsStore(database, { now: () => 0 });
  return { database, accountId: accounts.create({ user, contact, passwordHash: '', permissions: [] }) };
}
