import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MadeKeyKind } from '../../shared/rules/made-keys.ts';
import { makeSshKey, run, tryToRun } from '../support/ssh-tools.ts';
import { useSshKeys } from './ssh-keys-under-test.ts';

const { account, agentPath, accountInput, addedKeys, heard, list } = useSshKeys();
const calls = () => account.at.app.calls.madeKeys;
const passphrase = 'correct horse';

/** Into the folder where keys are kept. */
const makeFile = (name: string, phrase = passphrase, kind: MadeKeyKind = 'ed25519') =>
  calls().make({ kind, comment: 'mara@desk', file: { name, passphrase: phrase } });
const makeInVault = () => calls().make({ kind: 'ed25519', comment: 'mara@desk', file: null });
const modeOf = (path: string) => statSync(path).mode & 0o777;
const derive = (file: string, phrase: string) => run('ssh-keygen', ['-y', '-P', phrase, '-f', file]);
const wrongField = (field: string, code: string) => ({
  code: 'invalid-request',
  details: { fields: { [field]: { code } } },
});
const answer = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

describe('K10 a key made into the folder of SSH', () => {
  it('K10: is what ssh-keygen makes, for its owner alone, and its public half goes to the account', async () => {
    rmSync(account.sshFolder, { recursive: true });
    const made = await makeFile('id_ed25519');
    const path = account.inSsh('id_ed25519');
    expect(made).toMatchObject({ type: 'ssh-ed25519', bits: 256, comment: 'mara@desk', file: path });
    expect([modeOf(account.sshFolder), modeOf(path), modeOf(`${path}.pub`)]).toEqual([0o700, 0o600, 0o644]);
    expect(readdirSync(account.sshFolder).toSorted()).toEqual(['id_ed25519', 'id_ed25519.pub']);
    expect(await derive(path, passphrase)).toBe(readFileSync(`${path}.pub`, 'utf8'));
    expect((await run('ssh-keygen', ['-l', '-f', path])).split(' ')[1]).toBe(made.sha256);

    const { keys } = await calls().add({ madeId: made.madeId, ...accountInput() });
    const expected = { title: 'mara@desk', sha256: made.sha256, hasPrivateHalf: false };
    expect(keys).toEqual([expect.objectContaining(expected)]);
    expect((await list()).keys).toEqual([expect.objectContaining(expected)]);
    expect(heard()?.keys).toHaveLength(1);
    // A second press adds nothing.
    expect((await calls().add({ madeId: made.madeId, ...accountInput() })).keys).toHaveLength(1);
  });

  it('K10: without a passphrase, in every kind', async () => {
    for (const [kind, bits] of [
      ['ecdsa-256', 256],
      ['ecdsa-384', 384],
      ['ecdsa-521', 521],
      ['rsa-3072', 3072],
    ] as const) {
      const made = await makeFile(kind, '', kind);
      expect(made.bits).toBe(bits);
      expect(await derive(account.inSsh(kind), '')).toBe(readFileSync(account.inSsh(`${kind}.pub`), 'utf8'));
    }
  });

  it('K10: suggests names that are free and the person at this computer', async () => {
    writeFileSync(account.inSsh('id_ed25519'), 'mine');
    // The public half alone, and a link that leads nowhere, take a name too.
    writeFileSync(account.inSsh('id_ed25519_2.pub'), 'mine');
    symlinkSync('/nowhere', account.inSsh('id_rsa'));
    const { comment, folder, fileNames } = await calls().defaults({});
    expect(comment).toMatch(/^\S+@\S+$/);
    expect(folder).toBe(account.sshFolder);
    expect([fileNames.ed25519, fileNames['ecdsa-384'], fileNames['rsa-4096']]).toEqual([
      'id_ed25519_3',
      'id_ecdsa',
      'id_rsa_2',
    ]);
  });

  it('K10: never takes the place of anything, and leaves nothing of itself', async () => {
    const taken = account.inSsh('id_taken');
    writeFileSync(taken, 'somebody else’s');
    writeFileSync(account.inSsh('id_half.pub'), 'public');
    symlinkSync('/nowhere', account.inSsh('id_link'));
    mkdirSync(account.inSsh('id_folder'));
    const before = readdirSync(account.sshFolder).toSorted();
    for (const name of ['id_taken', 'id_half', 'id_link', 'id_folder'])
      expect(await answer(makeFile(name)), name).toMatchObject(wrongField('fileName', 'duplicate'));
    expect(readdirSync(account.sshFolder).toSorted()).toEqual(before);
    expect(readFileSync(taken, 'utf8')).toBe('somebody else’s');
    expect(existsSync('/nowhere')).toBe(false);
  });

  it('K10: of two presses at once one makes it', async () => {
    const answers = await Promise.allSettled([makeFile('id_once'), makeFile('id_once')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await derive(account.inSsh('id_once'), passphrase)).toBe(readFileSync(account.inSsh('id_once.pub'), 'utf8'));
    expect(readdirSync(account.sshFolder).toSorted()).toEqual(['id_once', 'id_once.pub']);
  });

  it('K10: no file has a name that SSH reads by itself, or that is none', async () => {
    const reserved = ['config', 'authorized_keys', 'known_hosts', 'nul', 'id.pub'];
    for (const name of [...reserved, '', '../id', '.hidden', 'a/b', 'a\0b', 'a b', '-f', 'x'.repeat(101)])
      expect(await answer(makeFile(name)), name).toMatchObject({
        code: 'invalid-request',
        details: { fields: { fileName: {} } },
      });
    expect(readdirSync(account.sshFolder)).toEqual([]);
  });

  it('K10: a passphrase that no terminal takes is refused before anything is made', async () => {
    const wrong = { 'correct\nhorse': 'control-characters', abcd: 'too-short', ['x'.repeat(10_000)]: 'too-long' };
    for (const [phrase, code] of Object.entries(wrong))
      expect(await answer(makeFile('id_x', phrase))).toMatchObject(wrongField('passphrase', code));
    expect(readdirSync(account.sshFolder)).toEqual([]);
  });

  it('K10: a passphrase counts as keyboards give it, and ssh can read the longest', async () => {
    await makeFile('id_nfd', 'Grüße'.normalize('NFD'));
    expect(await derive(account.inSsh('id_nfd'), 'Grüße'.normalize('NFC'))).toContain('ssh-ed25519');
    const longest = '電'.repeat(255);
    await makeFile('id_long', longest);
    expect(await derive(account.inSsh('id_long'), longest)).toContain('ssh-ed25519');
  });

  it('K10: no private key is taken for a comment, and none with a line break', async () => {
    const { path } = await makeSshKey(account.sshFolder, 'ed25519', 256);
    const make = (comment: string) => answer(calls().make({ kind: 'ed25519', comment, file: null }));
    expect(await make(readFileSync(path, 'utf8'))).toMatchObject(wrongField('comment', 'private-key'));
    expect(await make('a\nssh-ed25519 AAAA')).toMatchObject(wrongField('comment', 'control-characters'));
  });

  it('K10: called off, nothing of it stays', async () => {
    const making = answer(makeFile('id_slow', passphrase, 'rsa-4096'));
    await calls().cancel({});
    expect(await making).toMatchObject({ code: 'cancelled' });
    expect(readdirSync(account.sshFolder)).toEqual([]);
    // The next one is made as ever.
    expect((await makeFile('id_next')).file).toBe(account.inSsh('id_next'));
  });

  it('K10: what a run left half-written goes with the next', async () => {
    const stray = account.inSsh('.id_ed25519.999999-0123456789ab-0123456789ab.tmp');
    writeFileSync(stray, 'half');
    await makeFile('id_ed25519');
    expect(lstatSync(account.inSsh('id_ed25519')).isFile()).toBe(true);
    expect(existsSync(stray)).toBe(false);
    writeFileSync(stray, 'half');
    await calls().defaults({});
    expect(existsSync(stray), 'once another is about to be made').toBe(false);
    rmSync(account.sshFolder, { recursive: true });
    expect((await calls().defaults({})).fileNames.ed25519).toBe('id_ed25519');
  });
});

describe('K10 a key made for the vault alone', () => {
  it('K10: is in no file; it is exported and opens as made', async () => {
    const { madeId, file, sha256 } = await makeInVault();
    expect([file, readdirSync(account.sshFolder)]).toEqual([null, []]);
    const { keys } = await calls().add({ madeId, ...accountInput() });
    expect(keys).toEqual([expect.objectContaining({ sha256, hasPrivateHalf: true })]);
    const exported = await account.at.app.calls.sshKeys.exportPrivate({
      ...accountInput(),
      keyId: keys[0]!.id,
      format: 'openssh',
      passphrase,
      rounds: 1,
    });
    expect(await derive(exported.file ?? '', passphrase)).toMatch(/ mara@desk\n$/);
  });

  it('K10: whose answer was lost is looked for, and is there once, with its private half', async () => {
    const { madeId } = await makeInVault();
    account.at.network.loseNextReplyTo('POST /me/identity-keys');
    expect((await calls().add({ madeId, ...accountInput() })).keys).toMatchObject([{ hasPrivateHalf: true }]);
    expect(account.at.network.lost()).toBe(1);
    const other = await makeInVault();
    account.at.network.loseNextReplyTo('POST /me/identity-keys', true);
    expect(await answer(calls().add({ madeId: other.madeId, ...accountInput() }))).toMatchObject({ code: 'offline' });
    account.at.network.cut(false);
    expect((await list()).keys).toMatchObject([{ hasPrivateHalf: true }, { hasPrivateHalf: true }]);
    // Tried again, it is found.
    expect((await calls().add({ madeId: other.madeId, ...accountInput() })).keys).toHaveLength(2);
  });

  it('K10: waits for the proof of who is there', async () => {
    const { madeId } = await makeInVault();
    await account.at.app.calls.reauth.end(accountInput());
    expect(await answer(calls().add({ madeId, ...accountInput() }))).toMatchObject({ code: 'reauth-required' });
    await account.at.prove();
    expect((await calls().add({ madeId, ...accountInput() })).keys[0]).toMatchObject({ hasPrivateHalf: true });
  });
});

describe('K10 a made key on its way', () => {
  it('K10: goes to the agent, and logs its account so', async () => {
    const { madeId } = await makeInVault();
    await calls().lend({ madeId, lifetime: 600 });
    expect(await addedKeys()).toMatch(/ mara@desk$/);
    const { keys } = await calls().add({ madeId, ...accountInput() });
    expect(keys[0]).toMatchObject({ isInAgent: true, inAgentUntil: expect.any(String) });
    await calls().lend({ madeId, lifetime: null });
    await expect.poll(() => heard()?.keys[0]?.inAgentUntil).toBeNull();
    await tryToRun('ssh-add', ['-D'], { env: { SSH_AUTH_SOCK: agentPath } });
  });

  it('K10: is forgotten when it is done with; its file stays', async () => {
    const { madeId } = await makeFile('id_done');
    await calls().discard({ madeId });
    expect(await answer(calls().add({ madeId, ...accountInput() }))).toMatchObject({ code: 'not-found' });
    expect(await answer(calls().lend({ madeId, lifetime: null }))).toMatchObject({ code: 'not-found' });
    expect(existsSync(join(account.sshFolder, 'id_done'))).toBe(true);
  });
});
