import { readdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { readAccounts } from '../../electron/services/accounts/account-registry.ts';
import { accountsSpec } from '../../electron/services/accounts/accounts.stored.ts';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createPortableActivity } from '../../electron/services/features/activity/portable/portable-activity.ts';
import { deriveFileKey, makeHead } from '../../electron/services/features/transfer/file/file-head.ts';
import { writeFile } from '../../electron/services/features/transfer/file/write-file.ts';
import { toLine, type AccountRecord } from '../../electron/services/features/transfer/records.ts';
import { createSettingsFile } from '../../electron/services/files/settings-file.ts';
import { portableParts } from '../../electron/services/portable-parts.ts';
import { makeEntries } from '../../electron/services/testing/make-activity.ts';
import { startStorage } from '../../electron/services/testing/test-storage.ts';
import { createDeriveKey } from '../../electron/services/vault/passphrase/derive-key.ts';
import { openConf } from '../../preview/ports/open-conf.ts';
import { openApp } from '../integration/services-under-test.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';
import { createFileKeyWrapper } from './file-key-wrapper.ts';

export const passphrase = 'seven tulips behind the mill';
/** As little work as a file may ask for. */
const kdf = { name: 'argon2id', memoryKiB: 8_192, passes: 1, lanes: 1 } as const;

const [here, there] = ['here', 'there'].map((personId): AccountRecord => ({
  ...{ kind: 'gitea', address: 'https://forge.example', providerName: 'Forge' },
  ...{ personId, name: 'Mara', email: 'mara@a.example' },
})) as [AccountRecord, AccountRecord];
const entries = makeEntries(3_000);

/** A computer with an account whose activity is in part what the export holds. */
export async function makeComputer(folder: string, keyFile: string): Promise<void> {
  writeFileSync(keyFile, randomBytes(32));
  const storage = startStorage(folder, createFileKeyWrapper(keyFile));
  const { kind, providerName, personId, name, email, address } = here;
  const account = {
    ...{ id: 'a', kind, providerName, personId, isSignedOut: true },
    target: { kind: 'address' as const, address },
    person: { name, email, avatar: null },
  };
  await storage.document(accountsSpec).write({ version: 2, accounts: [account], currentId: 'a' });
  const activity = createPortableActivity({ storage, limit: () => 10_000 }).gather('a');
  for (const entry of entries.filter((_, n) => n % 2 === 0)) await activity.take(entry);
  await storage.writeAll(await activity.changes(storage));
  await activity.written?.(storage);
}

function* linesOf(): Generator<string, void> {
  yield toLine.account(1, here);
  for (const entry of entries) yield toLine.part(1, 'activity', entry);
  yield toLine.part(1, 'sessionNames', { id: 's', name: 'Kitchen' });
  yield toLine.account(2, there);
  for (const entry of entries.slice(0, 2_000)) yield toLine.part(2, 'activity', entry);
  const edit = { path: 'contact.city', base: 'Ulm', mine: 'Bonn' };
  yield toLine.part(2, 'drafts', { savedAt: '2026-11-29T00:00:00.000Z', edit });
  yield toLine.part(0, 'settings', { name: 'theme', value: 'dark' });
}

export async function makeExport(): Promise<Buffer> {
  const withSalt = { ...kdf, salt: randomBytes(16).toString('base64') };
  const deriveKey = createDeriveKey({ start: startKeyWorker, clock: createSystemClock() });
  const { key, passphraseCheck } = await deriveFileKey(passphrase, withSalt, deriveKey);
  const lines = (async function* () {
    yield toLine.about({ version: '0.1.0', computer: 'desk', at: '2026-11-29T00:00:00.000Z' });
    yield* linesOf();
    yield toLine.end([...linesOf()].length);
  })();
  const parts: Buffer[] = [];
  for await (const part of writeFile(makeHead(withSalt, passphraseCheck), key, lines)) parts.push(part);
  return Buffer.concat(parts);
}

/** A start of the app there. */
export function startApp(folder: string, keyFile: string) {
  const settingsFile = createSettingsFile(folder, openConf);
  return openApp(folder, { keyWrapper: createFileKeyWrapper(keyFile), settingsFile });
}

/** All that is kept there: what an export would hold, and which files there are. */
export async function stateOf(folder: string, keyFile: string) {
  const storage = startStorage(folder, createFileKeyWrapper(keyFile));
  const parts = portableParts({ ports: { settingsFile: createSettingsFile(folder, openConf) }, storage });
  const { accounts } = await readAccounts(storage);
  const owners = [{ id: 'app', personId: 'app' }, ...accounts];
  const kept: unknown[] = [];
  for (const { id, personId } of owners)
    for (const part of parts)
      if ((part.name === 'settings') === (id === 'app'))
        for await (const record of part.records(id)) kept.push([personId, part.name, record]);
  const named = (name: string) =>
    accounts.reduce((text, { id, personId }) => text.replace(`-${id}.`, `-${personId}.`), name);
  return { kept, files: readdirSync(folder).map(named).sort(), notices: storage.notices() };
}
