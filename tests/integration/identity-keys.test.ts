import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startNodeKeyWorker } from '../../electron/services/identity-keys/worker/node-key-worker.ts';
import type { FilePicker } from '../../electron/services/ports.ts';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { platform } from '../../server/presets/platform.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import type { IdentityKeysSnapshot, ImportBatch } from '../../shared/contract/identity-keys.ts';
import type { Spawned } from '../support/spawned.ts';
import { run, startSshAgent, tryToRun } from '../support/ssh-tools.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';

const keys = makeTempFolder();
const keyFile = (name: string) => join(keys.path, name);
const textOf = (name: string) => readFileSync(keyFile(name), 'utf8');
let realAgent: Spawned;
const agentPath = keyFile('agent');

beforeAll(async () => {
  const make = (name: string, type: string, passphrase = '', ...more: string[]) =>
    run('ssh-keygen', ['-q', '-t', type, ...more, '-N', passphrase, '-C', `mara@${name}`, '-f', keyFile(name)]);
  await Promise.all([
    make('plain', 'ed25519'),
    make('locked', 'ecdsa', 'open sesame'),
    make('rsa', 'rsa', '', '-b', '2048'),
    make('short', 'rsa', '', '-b', '1024'),
  ]);
  realAgent = await startSshAgent(agentPath);
}, 60_000);
afterAll(async () => {
  await realAgent[Symbol.asyncDispose]();
  keys[Symbol.dispose]();
});

let at: AccountUnderTest;
let home: TempFolder;
let sshFolder: string;
let chosen: readonly string[] | null;

beforeEach(async () => {
  home = makeTempFolder();
  sshFolder = join(home.path, '.ssh');
  mkdirSync(sshFolder);
  chosen = null;
  const filePicker: FilePicker = {
    ...createDownloadsFilePicker({ HOME: home.path }),
    choose: () => Promise.resolve(chosen),
  };
  at = await openAccount(platform, {
    filePicker,
    ssh: { folder: sshFolder, agentPath, startKeyWorker: startNodeKeyWorker },
  });
  await at.prove();
  await tryToRun('ssh-add', ['-D'], { env: { SSH_AUTH_SOCK: agentPath } });
});
afterEach(async () => {
  await at[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const here = () => ({ connectionId: at.connectionId });
const calls = () => at.app.calls.identityKeys;
const list = () => calls().list({ ...here(), from: 'provider' });
const heard = () => at.heard<IdentityKeysSnapshot>('identityKeys.changed').at(-1);
const addedKeys = async () => (await tryToRun('ssh-add', ['-L'], { env: { SSH_AUTH_SOCK: agentPath } })).output.trim();

/** The batch once all of it was read. */
async function whole({ batch }: { batch: ImportBatch | null }): Promise<ImportBatch> {
  const isOver = () =>
    at
      .heard<ImportBatch>('identityKeys.importProgressed')
      .some(({ batchId, state }) => batchId === batch?.batchId && state !== 'reading');
  while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 10));
  const { batch: now } = await calls().resumeImport(here());
  if (!now) throw new Error('no batch');
  return now;
}
async function importFiles(...names: string[]): Promise<ImportBatch> {
  chosen = names.map(keyFile);
  return whole(await calls().chooseFiles(here()));
}
async function addFile(name: string, keepPrivate = true): Promise<IdentityKeysSnapshot['keys'][number]> {
  const { batchId, rows } = await importFiles(name);
  const { results, snapshot } = await calls().add({
    batchId,
    rows: [{ rowId: rows[0]!.rowId, title: '', keepPrivate }],
  });
  expect(results).toEqual([{ rowId: 'r1', error: null, keepError: null }]);
  return snapshot!.keys.find(({ title }) => title === `mara@${name}`)!;
}

describe('K7 an import', { timeout: 30_000 }, () => {
  it('of a folder says of each file what it is, and adds what is good', async () => {
    for (const name of ['plain', 'plain.pub', 'locked', 'short', 'rsa.pub'])
      copyFileSync(keyFile(name), join(sshFolder, name));
    writeFileSync(join(sshFolder, 'config'), 'Host *\n');
    symlinkSync(keyFile('rsa'), join(sshFolder, 'link'));
    expect(await calls().sources({})).toEqual({ canChoose: true, sshFolder });
    const { batchId, rows, folder, total, left } = await whole(await calls().readSshFolder(here()));
    expect([folder, total, left]).toEqual([sshFolder, 7, 0]);
    expect(
      Object.fromEntries(rows.map((row) => [row.fileName, [row.verdict, row.kind, row.title, row.sameAs]])),
    ).toEqual({
      config: ['not-a-key', null, 'config', null],
      link: ['unreadable', null, 'link', null],
      locked: ['needs-passphrase', 'private', 'locked', null],
      plain: ['accepted', 'private', 'mara@plain', null],
      'plain.pub': ['accepted', 'public', 'mara@plain', 'r4'],
      'rsa.pub': ['advised-against', 'public', 'mara@rsa', null],
      short: ['refused', 'private', 'mara@short', null],
    });
    expect(rows.find(({ fileName }) => fileName === 'short')?.weaknesses).toEqual(['rsa-too-short']);
    expect(rows.find(({ fileName }) => fileName === 'link')).toMatchObject({
      realPath: keyFile('rsa'),
      reason: expect.stringMatching(/out of the chosen folder/) as string,
    });
    const good = rows.filter(({ verdict, sameAs }) => verdict === 'accepted' && sameAs === null);
    const { results, snapshot } = await calls().add({
      batchId,
      rows: [...good, rows.find(({ fileName }) => fileName === 'short')!].map(({ rowId }) => ({
        rowId,
        title: '',
        keepPrivate: false,
      })),
    });
    expect(results.map(({ error }) => error?.code ?? null)).toEqual([null, 'invalid-request']);
    expect(snapshot?.keys).toMatchObject([
      { title: 'mara@plain', type: 'ssh-ed25519', bits: 256, isKept: false, isInAgent: false },
    ]);
    expect(heard()).toEqual(snapshot);
    const { output: told } = await tryToRun('ssh-keygen', ['-lf', keyFile('plain')]);
    expect(told).toContain(snapshot!.keys[0]!.sha256);
  });

  it('asks for the passphrase after the file was read, and takes it for many rows', async () => {
    const { batchId, rows } = await importFiles('locked', 'plain');
    const unlock = async (passphrase: string) =>
      (await calls().unlock({ batchId, rowIds: rows.map(({ rowId }) => rowId), passphrase })).rows.map(
        ({ verdict }) => verdict,
      );
    expect(await unlock('wrong')).toEqual(['wrong-passphrase', 'accepted']);
    expect(await unlock('open sesame')).toEqual(['accepted', 'accepted']);
    expect((await calls().resumeImport(here())).batch?.rows[0]).toMatchObject({
      verdict: 'accepted',
      comment: 'mara@locked',
      title: 'mara@locked',
      isEncrypted: true,
    });
  });

  it('of a file with several keys has a row for each, and adds each by itself', async () => {
    const { output } = await tryToRun('ssh-keygen', ['-lf', keyFile('rsa.pub')]);
    writeFileSync(
      join(sshFolder, 'authorized_keys'),
      `# mine\n${textOf('plain.pub')}ssh-rsa AAAAbroken\n${textOf('rsa.pub')}`,
    );
    writeFileSync(join(sshFolder, 'backup'), textOf('locked') + textOf('plain'));
    const { batchId, rows, total, done } = await whole(await calls().readSshFolder(here()));
    expect([total, done]).toEqual([2, 2]);
    expect(
      rows.map(({ fileName, place, verdict, sameAs }) => [fileName, place?.index, place?.line, verdict, sameAs]),
    ).toEqual([
      ['authorized_keys', 1, 2, 'accepted', 'r5'],
      ['authorized_keys', 2, 3, 'damaged', null],
      ['authorized_keys', 3, 4, 'advised-against', null],
      ['backup', 1, 1, 'needs-passphrase', null],
      ['backup', 2, textOf('locked').split('\n').length, 'accepted', null],
    ]);
    expect(output).toContain(rows[2]?.sha256);
    expect((await calls().unlock({ batchId, rowIds: ['r4'], passphrase: 'open sesame' })).rows).toMatchObject([
      { verdict: 'accepted', place: { index: 1 }, title: 'mara@locked' },
    ]);
    const { snapshot } = await calls().add({
      batchId,
      rows: ['r3', 'r4', 'r5'].map((rowId) => ({ rowId, title: '', keepPrivate: true })),
    });
    expect(snapshot?.keys.map(({ title, isKept }) => [title, isKept]).sort()).toEqual([
      ['mara@locked', true],
      ['mara@plain', true],
      ['mara@rsa', false],
    ]);
  });

  it('knows a key that is on an account already', async () => {
    const key = await addFile('plain');
    const { batchId, rows } = await importFiles('plain');
    expect(rows[0]?.duplicateOf).toEqual({
      connectionId: at.connectionId,
      providerName: platform.name,
      title: 'mara@plain',
    });
    const { results } = await calls().add({ batchId, rows: [{ rowId: 'r1', title: '', keepPrivate: false }] });
    expect(results[0]?.error).toMatchObject({ code: 'invalid-request', fields: { publicKey: { code: 'duplicate' } } });
    expect((await list()).keys.map(({ id }) => id)).toEqual([key.id]);
  });

  it('knows a key that is on another account, as long as that is signed in (K4)', async () => {
    await addFile('plain');
    await using server = await startServer();
    const { identifier, password } = server;
    const signedIn = await at.app.calls.auth.signIn({
      target: { kind: 'address', address: server.address },
      identifier,
      password,
    });
    const other = { connectionId: signedIn.next === 'done' ? signedIn.connectionId : '' };
    const paste = async () =>
      (await calls().importPasted({ ...other, batchId: null, text: textOf('plain.pub') })).batch.rows[0]?.duplicateOf;
    expect(await paste()).toEqual({ connectionId: at.connectionId, providerName: platform.name, title: 'mara@plain' });
    await at.app.calls.auth.signOut({ ...here(), forget: false });
    expect(await paste()).toBeNull();
  });

  it('takes dropped files and pasted texts, several at once', async () => {
    const content = (name: string) => readFileSync(keyFile(name)).toString('base64');
    const { batch } = await calls().importDropped({
      ...here(),
      batchId: null,
      files: [{ name: 'a/plain', content: content('plain') }],
    });
    const more = await calls().importDropped({
      ...here(),
      batchId: batch.batchId,
      files: [{ name: 'rsa', content: content('rsa') }],
    });
    expect(more.batch.rows.map(({ fileName, verdict }) => [fileName, verdict])).toEqual([
      ['plain', 'accepted'],
      ['rsa', 'advised-against'],
    ]);
    const pasted = await calls().importPasted({
      ...here(),
      batchId: null,
      text: `${textOf('plain.pub')}\n# mine\n${textOf('rsa.pub')}`,
    });
    expect(pasted.batch.rows.map(({ title }) => title)).toEqual(['mara@plain', 'mara@rsa']);
    const both = await calls().importPasted({ ...here(), batchId: null, text: textOf('plain') + textOf('rsa') });
    expect(both.batch.rows.map(({ kind, title }) => [kind, title])).toEqual([
      ['private', 'mara@plain'],
      ['private', 'mara@rsa'],
    ]);
    const joined = await calls().importPasted({ ...here(), batchId: both.batch.batchId, text: textOf('plain.pub') });
    expect(joined.batch.rows.map(({ kind }) => kind)).toEqual(['private', 'private', 'public']);
    await expect(calls().importDropped({ ...here(), batchId: batch.batchId, files: [] })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('of 1,000 files is told of in parts, and can be cancelled', async () => {
    for (let count = 0; count < 1_000; count += 1)
      copyFileSync(keyFile(count % 2 ? 'plain' : 'locked'), join(sshFolder, `key-${String(count).padStart(4, '0')}`));
    chosen = [sshFolder];
    const before = performance.now();
    const { rows } = await whole(await calls().chooseFolder(here()));
    expect(rows).toHaveLength(1_000);
    const parts = at.heard<ImportBatch>('identityKeys.importProgressed');
    expect(parts.length).toBeGreaterThan(10);
    process.stdout.write(`1,000 files: ${String(Math.round(performance.now() - before))} ms\n`);
    const { batch } = await calls().chooseFolder(here());
    await calls().cancelImport({ batchId: batch!.batchId });
    const cancelled = await whole({ batch });
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.rows.length).toBeLessThan(1_000);
  });

  it('is gone with its session', async () => {
    const { batchId } = await importFiles('plain');
    await at.app.calls.auth.signOut({ ...here(), forget: false });
    await expect(calls().add({ batchId, rows: [{ rowId: 'r1', title: '', keepPrivate: true }] })).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });
});

describe('E11 the list', () => {
  it('renames and deletes, and shows a key as ssh-keygen does', async () => {
    const { id: keyId } = await addFile('plain');
    expect((await calls().rename({ ...here(), keyId, title: 'Laptop' })).keys[0]?.title).toBe('Laptop');
    await expect(calls().rename({ ...here(), keyId, title: ' ' })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { title: { code: 'required' } } },
    });
    const { publicLine, randomart } = await calls().details({ ...here(), keyId });
    expect(publicLine).toBe(textOf('plain.pub').replace('mara@plain\n', 'Laptop'));
    expect(await run('ssh-keygen', ['-lvf', keyFile('plain')])).toContain(randomart);
    expect((await calls().remove({ ...here(), keyId })).keys).toEqual([]);
    expect((await calls().remove({ ...here(), keyId })).keys).toEqual([]);
  });

  it('stays viewable without the provider, and says so', async () => {
    await addFile('plain');
    at.network.cut(true);
    expect(await list()).toMatchObject({
      source: 'cache',
      access: { kind: 'offline' },
      keys: [{ title: 'mara@plain' }],
    });
  });

  it('needs a proof to add and delete (E12)', async () => {
    const { id: keyId } = await addFile('plain');
    const { batchId } = await importFiles('rsa');
    await at.app.calls.reauth.end(here());
    const refused = { code: 'reauth-required' };
    await expect(calls().remove({ ...here(), keyId })).rejects.toMatchObject(refused);
    await expect(calls().add({ batchId, rows: [{ rowId: 'r1', title: '', keepPrivate: true }] })).rejects.toMatchObject(
      refused,
    );
    await expect(
      calls().exportPrivate({ ...here(), keyId, format: 'openssh', passphrase: '', rounds: null }),
    ).rejects.toMatchObject(refused);
  });
});

describe('K6 a private key where a public one belongs', () => {
  it('is caught, and its public half offered', async () => {
    const { snapshot, batch } = await calls().addPublic({ ...here(), title: 'Oops', line: textOf('plain') });
    expect([snapshot, batch?.rows[0]]).toMatchObject([null, { kind: 'private', verdict: 'accepted' }]);
    expect(at.network.requests().filter((line) => line.startsWith('POST /me/identity-keys'))).toEqual([]);
    const added = await calls().add({
      batchId: batch!.batchId,
      rows: [{ rowId: 'r1', title: 'Mine', keepPrivate: false }],
    });
    expect(added.snapshot?.keys).toMatchObject([{ title: 'Mine', isKept: false }]);
  });

  it('is looked at first where it holds more than one, though each is good', async () => {
    const { snapshot, batch } = await calls().addPublic({
      ...here(),
      title: '',
      line: `see below\n${textOf('plain.pub')}${textOf('rsa.pub')}`,
    });
    expect([snapshot, batch?.rows.map(({ title }) => title)]).toEqual([null, ['mara@plain', 'mara@rsa']]);
  });

  it('is caught in the place of a title as well, and never sent', async () => {
    const { id: keyId } = await addFile('plain', false);
    const fields = { title: { code: 'private-key' } };
    // As a field of one line takes them.
    for (const title of [textOf('plain'), 'PuTTY-User-Key-File-3: ssh-ed25519', '-----BEGIN PRIVATE KEY-----MC4C'].map(
      (text) => text.replaceAll('\n', ''),
    )) {
      await expect(calls().addPublic({ ...here(), title, line: textOf('locked.pub') })).rejects.toMatchObject({
        details: { fields },
      });
      await expect(calls().rename({ ...here(), keyId, title })).rejects.toMatchObject({ details: { fields } });
      const { batchId } = await importFiles('rsa');
      const { results } = await calls().add({ batchId, rows: [{ rowId: 'r1', title, keepPrivate: false }] });
      expect(results).toMatchObject([{ error: { code: 'invalid-request', fields } }]);
    }
    expect(at.network.requests().filter((line) => /^(POST|PATCH|PUT) \/me\/identity-keys/.test(line))).toEqual([
      'POST /me/identity-keys',
    ]);
  });

  it('is the only thing that does not go straight to the account', async () => {
    const { snapshot, batch } = await calls().addPublic({ ...here(), title: '', line: textOf('plain.pub') });
    expect([snapshot?.keys[0]?.title, batch]).toEqual(['mara@plain', null]);
    await expect(calls().addPublic({ ...here(), title: '', line: textOf('plain.pub') })).rejects.toMatchObject({
      details: { fields: { publicKey: { code: 'duplicate' } } },
    });
  });
});

describe('K5 K9 a private half', { timeout: 30_000 }, () => {
  it('kept in the vault proves ownership, and is forgotten when asked', async () => {
    for (const name of ['plain', 'rsa']) {
      const { id: keyId, isKept } = await addFile(name);
      expect(isKept).toBe(true);
      const verified = await calls().verify({ ...here(), keyId });
      expect(verified.keys.find(({ id }) => id === keyId)?.verifiedAt).not.toBeNull();
      expect((await calls().forgetPrivate({ ...here(), keyId })).keys.find(({ id }) => id === keyId)?.isKept).toBe(
        false,
      );
      await expect(calls().verify({ ...here(), keyId })).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('is lent to the real agent, proves ownership from there, and is taken back', async () => {
    const { id: keyId } = await addFile('plain');
    expect((await calls().addToAgent({ ...here(), keyId, lifetime: 600, confirm: false })).keys[0]?.isInAgent).toBe(
      true,
    );
    expect(await addedKeys()).toContain(textOf('plain.pub').split(' ')[1]);
    await calls().forgetPrivate({ ...here(), keyId });
    expect((await calls().verify({ ...here(), keyId })).keys[0]?.verifiedAt).not.toBeNull();
    expect((await calls().removeFromAgent({ ...here(), keyId })).keys[0]?.isInAgent).toBe(false);
    expect(await addedKeys()).not.toContain(textOf('plain.pub').split(' ')[1]);
    // The agent lost it by itself, and shows no other: what the screen shows follows.
    await run('ssh-add', ['-q', keyFile('plain')], { env: { SSH_AUTH_SOCK: agentPath } });
    expect((await list()).keys[0]?.isInAgent).toBe(true);
    await run('ssh-add', ['-qD'], { env: { SSH_AUTH_SOCK: agentPath } });
    await expect(calls().removeFromAgent({ ...here(), keyId })).rejects.toMatchObject({
      details: { reason: 'agent-shows-none' },
    });
    expect(heard()?.keys[0]?.isInAgent).toBe(false);
  });

  it('is exported so that ssh-keygen and openssl read it', async () => {
    const { id: keyId } = await addFile('plain');
    const plain = textOf('plain.pub').split(' ').slice(0, 2).join(' ');
    const save = async (format: 'openssh' | 'pkcs8', passphrase: string) =>
      (await calls().exportPrivate({ ...here(), keyId, format, passphrase, rounds: 4 })).file ?? '';
    expect(await run('ssh-keygen', ['-y', '-P', 'new one', '-f', await save('openssh', 'new one')])).toContain(plain);
    expect(
      await run('openssl', [
        'pkey',
        '-noout',
        '-text',
        '-passin',
        'pass:new one',
        '-in',
        await save('pkcs8', 'new one'),
      ]),
    ).toContain('ED25519 Private-Key');
    await expect(
      calls().exportPrivate({ ...here(), keyId, format: 'openssh', passphrase: 'x', rounds: 100_000 }),
    ).rejects.toMatchObject({ details: { fields: { rounds: { code: 'out-of-range' } } } });
  });

  it('of a key that the account has is kept later as well', async () => {
    await addFile('plain', false);
    const { batchId } = await importFiles('plain');
    expect((await calls().keepPrivate({ batchId, rowId: 'r1' })).keys[0]?.isKept).toBe(true);
    const other = await importFiles('rsa');
    await expect(calls().keepPrivate({ batchId: other.batchId, rowId: 'r1' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

async function startServer(): Promise<TestServer & AsyncDisposable> {
  const server = await startTestServer(platform);
  return { ...server, [Symbol.asyncDispose]: () => server.close() };
}
