import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AskedOrigin, ImportBatch } from '../../shared/contract/keys/ssh-keys.ts';
import { run } from '../support/ssh-tools.ts';
import { useSshKeys } from './ssh-keys-under-test.ts';

const { account, agentPath, accountInput, calls, list, whole, addFile, keyFile, textOf } = useSshKeys();

const lookInSsh = async () => whole(await calls().readSshFolder(accountInput()));
const paste = async (text: string) => (await calls().importPasted({ ...accountInput(), batchId: null, text })).batch;
const add = async (batchId: string, rowIds: readonly string[], saidYesTo?: AskedOrigin) => {
  const rows = rowIds.map((rowId) => ({ rowId, title: '', keepPrivate: false, ...(saidYesTo && { saidYesTo }) }));
  return (await calls().add({ batchId, rows })).results.map(({ error }) => error?.reason ?? error?.code ?? 'added');
};
const originsOf = ({ rows }: ImportBatch) => rows.map(({ fileName, origin }) => [fileName, origin]);
const sent = () => account.at.network.requests().filter((line) => line.startsWith('POST /me/identity-keys'));

describe('K6 a stranger’s key', () => {
  it('K6: who may log in here, servers and signers are told apart, and no list of keys is a title', async () => {
    const bare = (name: string) => textOf(`${name}.pub`).split(' ').slice(0, 2).join(' ');
    copyFileSync(keyFile('plain'), account.inSsh('id'));
    copyFileSync(keyFile('plain.pub'), account.inSsh('id.pub'));
    writeFileSync(account.inSsh('authorized_keys'), `${bare('rsa')}\n${bare('plain')}\n`);
    writeFileSync(account.inSsh('known_hosts'), `git.example.org ${bare('locked')}\n`);
    writeFileSync(account.inSsh('allowed_signers'), `mara@example.org ${bare('locked')}\n`);
    const batch = await lookInSsh();
    expect(batch.rows.map(({ fileName, origin, title, sameAs }) => [fileName, origin, title, sameAs])).toEqual([
      ['allowed_signers', 'signers', 'ecdsa-sha2-nistp256', null],
      ['authorized_keys', 'authorized-keys', 'ssh-rsa', null],
      ['authorized_keys', 'authorized-keys', 'ssh-ed25519', 'r4'],
      ['id', 'own', 'mara@plain', null],
      ['id.pub', 'own', 'mara@plain', 'r4'],
      ['known_hosts', 'known-hosts', 'ecdsa-sha2-nistp256', 'r1'],
    ]);
  });

  it('K6: the services add one at a time, after a yes to just that; a server’s key never', async () => {
    writeFileSync(account.inSsh('authorized_keys'), textOf('plain.pub') + textOf('locked.pub'));
    writeFileSync(account.inSsh('known_hosts'), `example.org ${textOf('rsa.pub')}`);
    const { batchId } = await lookInSsh();
    const refused = 'not-known-as-own';
    expect(await add(batchId, ['r1', 'r2'])).toEqual([refused, refused]);
    expect(await add(batchId, ['r1', 'r2'], 'authorized-keys')).toEqual([refused, refused]);
    expect(await add(batchId, ['r1'])).toEqual([refused]);
    expect(await add(batchId, ['r1'], 'public-only')).toEqual([refused]);
    for (const yes of [undefined, 'public-only', 'authorized-keys', 'signers'] as const)
      expect(await add(batchId, ['r3'], yes)).toEqual(['host-key']);
    expect(sent()).toEqual([]);
    expect(await add(batchId, ['r1'], 'authorized-keys')).toEqual(['added']);
    expect((await list()).keys).toMatchObject([{ title: 'mara@plain' }]);
  });

  it('K6: a public half may be anybody’s until its private half is in ~/.ssh, agent or vault', async () => {
    const now = async () => (await paste(textOf('plain.pub'))).rows[0]?.origin;
    expect(await now()).toBe('public-only');
    copyFileSync(keyFile('plain'), account.inSsh('id'));
    expect(await now()).toBe('own');
    rmSync(account.inSsh('id'));
    expect(await now()).toBe('public-only');
    await run('ssh-add', ['-q', keyFile('plain')], { env: { SSH_AUTH_SOCK: agentPath } });
    expect(await now()).toBe('own');
    await run('ssh-add', ['-qD'], { env: { SSH_AUTH_SOCK: agentPath } });
    expect(await now()).toBe('public-only');
    await addFile('plain');
    expect(await now()).toBe('own');
  });

  it('K6: an encrypted private half in ~/.ssh counts, also in PEM, where its .pub file tells which it is', async () => {
    copyFileSync(keyFile('locked'), account.inSsh('id'));
    const { rows } = await paste(textOf('locked.pub'));
    expect(rows[0]?.origin).toBe('own');
    await run('ssh-keygen', ['-q', '-p', '-m', 'PEM', '-P', 'open sesame', '-N', 'other', '-f', account.inSsh('id')]);
    expect((await paste(textOf('locked.pub'))).rows[0]?.origin).toBe('public-only');
    copyFileSync(keyFile('locked.pub'), account.inSsh('id.pub'));
    expect((await paste(textOf('locked.pub'))).rows[0]?.origin).toBe('own');
  });

  it('K6: a private half that was there at the reading but is gone at the adding does not count', async () => {
    copyFileSync(keyFile('plain'), account.inSsh('id'));
    const { batchId, rows } = await paste(textOf('plain.pub'));
    expect(rows[0]?.origin).toBe('own');
    rmSync(account.inSsh('id'));
    expect(await add(batchId, ['r1'])).toEqual(['not-known-as-own']);
    expect(sent()).toEqual([]);
  });

  it('K6: typed as one line it is looked at first, and nothing is sent', async () => {
    const typed = async (line: string) => calls().addPublic({ ...accountInput(), title: 'Work', line });
    for (const [line, origin] of [
      [textOf('plain.pub'), 'public-only'],
      [`restrict ${textOf('plain.pub')}`, 'authorized-keys'],
      [`example.org ${textOf('plain.pub')}`, 'known-hosts'],
      [`mara@example.org ${textOf('plain.pub')}`, 'signers'],
    ] as const) {
      const { snapshot, batch } = await typed(line);
      expect([snapshot, batch?.rows.map((row) => row.origin)]).toEqual([null, [origin]]);
    }
    expect(sent()).toEqual([]);
    await run('ssh-add', ['-q', keyFile('plain')], { env: { SSH_AUTH_SOCK: agentPath } });
    expect((await typed(textOf('plain.pub'))).snapshot?.keys).toMatchObject([{ title: 'Work' }]);
  });

  it('K6: dropped files keep their paths, and what those say', async () => {
    const content = Buffer.from(textOf('plain.pub')).toString('base64');
    const { batch } = await calls().importDropped({
      ...accountInput(),
      batchId: null,
      files: ['a/id.pub', 'b/id.pub', 'etc/authorized_keys/mara'].map((name) => ({ name, content })),
    });
    expect(originsOf(batch)).toEqual([
      ['a/id.pub', 'public-only'],
      ['b/id.pub', 'public-only'],
      ['etc/authorized_keys/mara', 'authorized-keys'],
    ]);
  });

  it('K1: public keys in PEM are read, and are the same keys', async () => {
    for (const [form, format] of [
      ['PKCS8', 'spki'],
      ['PEM', 'pkcs1'],
    ] as const) {
      const { rows } = await paste(await run('ssh-keygen', ['-e', '-m', form, '-f', keyFile('rsa.pub')]));
      expect(rows).toMatchObject([{ kind: 'public', format, type: 'ssh-rsa', origin: 'public-only' }]);
      expect(await run('ssh-keygen', ['-lf', keyFile('rsa.pub')])).toContain(rows[0]?.sha256);
    }
  });
});
