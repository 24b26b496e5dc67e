import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, describe, it } from 'vitest';
import { platform } from '../../server/presets/platform.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import type { ImportBatch } from '../../shared/contract/keys/ssh-keys.ts';
import { tryToRun } from '../support/ssh-tools.ts';
import { useSshKeys } from './ssh-keys-under-test.ts';

const { account, accountInput, calls, list, heard, whole, importFiles, addFile, keyFile, textOf } = useSshKeys();

describe('K7 an import', () => {
  it('of a folder says of each file what it is, and adds what is good', async () => {
    for (const name of ['plain', 'plain.pub', 'locked', 'short', 'rsa.pub'])
      copyFileSync(keyFile(name), account.inSsh(name));
    writeFileSync(account.inSsh('config'), 'Host *\n');
    symlinkSync(keyFile('rsa'), account.inSsh('link'));
    expect(await calls().sources({})).toEqual({ canChoose: true, sshFolder: account.sshFolder });
    const { batchId, rows, folder, total, left } = await whole(await calls().readSshFolder(accountInput()));
    expect([folder, total, left]).toEqual([account.sshFolder, 7, 0]);
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
    expect(rows.find(({ fileName }) => fileName === 'short')?.problems).toMatchObject([{ code: 'rsa-too-short' }]);
    expect(rows.find(({ fileName }) => fileName === 'link')).toMatchObject({
      realPath: keyFile('rsa'),
      problems: [{ code: 'link-leads-out' }],
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
      { title: 'mara@plain', type: 'ssh-ed25519', bits: 256, hasPrivateHalf: false, isInAgent: false },
    ]);
    expect(heard()).toEqual(snapshot);
    const { output: listed } = await tryToRun('ssh-keygen', ['-lf', keyFile('plain')]);
    expect(listed).toContain(snapshot!.keys[0]!.sha256);
  });

  it('asks for the passphrase after the file was read, and takes it for many rows', async () => {
    const { batchId, rows } = await importFiles('locked', 'plain');
    const unlock = async (passphrase: string) =>
      (await calls().unlock({ batchId, rowIds: rows.map(({ rowId }) => rowId), passphrase })).rows.map(
        ({ verdict }) => verdict,
      );
    expect(await unlock('wrong')).toEqual(['wrong-passphrase', 'accepted']);
    expect(await unlock(''), 'none at all opens nothing').toEqual(['wrong-passphrase', 'accepted']);
    expect(await unlock('open sesame')).toEqual(['accepted', 'accepted']);
    expect((await calls().resumeImport(accountInput())).batch?.rows[0]).toMatchObject({
      verdict: 'accepted',
      comment: 'mara@locked',
      title: 'mara@locked',
      isEncrypted: true,
    });
  });

  it('of a file with several keys has a row for each, and adds each by itself', async () => {
    const { output } = await tryToRun('ssh-keygen', ['-lf', keyFile('rsa.pub')]);
    writeFileSync(
      account.inSsh('authorized_keys'),
      `# mine\n${textOf('plain.pub')}ssh-rsa AAAAbroken\n${textOf('rsa.pub')}`,
    );
    writeFileSync(account.inSsh('backup'), textOf('locked') + textOf('plain'));
    const { batchId, rows, total, done } = await whole(await calls().readSshFolder(accountInput()));
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
      rows: ['r4', 'r5'].map((rowId) => ({ rowId, title: '', keepPrivate: true })),
    });
    expect(snapshot?.keys.map(({ title, hasPrivateHalf }) => [title, hasPrivateHalf]).sort()).toEqual([
      ['mara@locked', true],
      ['mara@plain', true],
    ]);
  });

  it('knows a key that is on an account already', async () => {
    const key = await addFile('plain');
    const { batchId, rows } = await importFiles('plain');
    expect(rows[0]?.duplicateOf).toEqual({
      accountId: account.at.accountId,
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
    const signedIn = await account.at.app.calls.auth.signIn({
      target: { kind: 'address', address: server.address },
      identifier,
      password,
    });
    const other = { accountId: signedIn.next === 'done' ? signedIn.accountId : '' };
    const paste = async () =>
      (await calls().importPasted({ ...other, batchId: null, text: textOf('plain.pub') })).batch.rows[0]?.duplicateOf;
    expect(await paste()).toEqual({
      accountId: account.at.accountId,
      providerName: platform.name,
      title: 'mara@plain',
    });
    await account.at.app.calls.auth.signOut({ ...accountInput(), forget: false });
    expect(await paste()).toBeNull();
  });

  it('takes dropped files and pasted texts, several at once', async () => {
    const content = (name: string) => readFileSync(keyFile(name)).toString('base64');
    const { batch } = await calls().importDropped({
      ...accountInput(),
      batchId: null,
      files: [{ name: 'a/plain', content: content('plain') }],
    });
    const more = await calls().importDropped({
      ...accountInput(),
      batchId: batch.batchId,
      files: [{ name: 'rsa', content: content('rsa') }],
    });
    expect(more.batch.rows.map(({ fileName, verdict }) => [fileName, verdict])).toEqual([
      ['a/plain', 'accepted'],
      ['rsa', 'advised-against'],
    ]);
    const pasted = await calls().importPasted({
      ...accountInput(),
      batchId: null,
      text: `${textOf('plain.pub')}\n# mine\n${textOf('rsa.pub')}`,
    });
    expect(pasted.batch.rows.map(({ title }) => title)).toEqual(['mara@plain', 'mara@rsa']);
    const both = await calls().importPasted({
      ...accountInput(),
      batchId: null,
      text: textOf('plain') + textOf('rsa'),
    });
    expect(both.batch.rows.map(({ kind, title }) => [kind, title])).toEqual([
      ['private', 'mara@plain'],
      ['private', 'mara@rsa'],
    ]);
    const joined = await calls().importPasted({
      ...accountInput(),
      batchId: both.batch.batchId,
      text: textOf('plain.pub'),
    });
    expect(joined.batch.rows.map(({ kind }) => kind)).toEqual(['private', 'private', 'public']);
    await expect(calls().importDropped({ ...accountInput(), batchId: batch.batchId, files: [] })).rejects.toMatchObject(
      {
        code: 'not-found',
      },
    );
  });

  it('of 1,000 files is told of in parts, and can be cancelled', async () => {
    for (let count = 0; count < 1_000; count += 1)
      copyFileSync(keyFile(count % 2 ? 'plain' : 'locked'), account.inSsh(`key-${String(count).padStart(4, '0')}`));
    account.choose([account.sshFolder]);
    const { rows } = await whole(await calls().chooseFolder(accountInput()));
    expect(rows).toHaveLength(1_000);
    const parts = account.at.heard<ImportBatch>('sshKeys.importProgressed');
    expect(parts.length).toBeGreaterThan(10);
    const { batch } = await calls().chooseFolder(accountInput());
    await calls().cancelImport({ batchId: batch!.batchId });
    const cancelled = await whole({ batch });
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.rows.length).toBeLessThan(1_000);
  });

  it('is gone with its session', async () => {
    const { batchId } = await importFiles('plain');
    await account.at.app.calls.auth.signOut({ ...accountInput(), forget: false });
    await expect(calls().add({ batchId, rows: [{ rowId: 'r1', title: '', keepPrivate: true }] })).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });
});

async function startServer(): Promise<TestServer & AsyncDisposable> {
  const server = await startTestServer(platform);
  return { ...server, [Symbol.asyncDispose]: () => server.close() };
}
