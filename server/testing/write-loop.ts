import { writeSync } from 'node:fs';
import { openDatabase } from '../database/database.ts';
import { createAccountsStore } from '../accounts/accounts.store.ts';
import { defaultPreset } from '../presets/presets.ts';

// Writes account after account into the folder given, naming each on stdout once it is acknowledged, until it is
// killed.
const database = openDatabase(process.argv[2] ?? '', 'test');
const accounts = createAccountsStore(database, { now: () => 0 });
const { user, contact } = defaultPreset.demo;

for (let count = 0; ; count += 1) {
  const name = `p${String(process.pid)}-${String(count)}`;
  const id = accounts.create({
    user: { ...user, username: name },
    contact: { ...contact, email: `${name}@example.com` },
    passwordHash: '',
    permissions: ['a', 'b'],
  });
  writeSync(1, `${id}\n`);
}
