import { describe, expect, it } from 'vitest';
import { run } from '../support/ssh-tools.ts';
import { useSshKeys } from './ssh-keys-under-test.ts';

const { account, agentPath, accountInput, calls, list, heard, addedKeys, importFiles, addFile, keyFile, textOf } =
  useSshKeys();

describe('E11 the list', () => {
  it('renames and deletes, and shows a key as ssh-keygen does', async () => {
    const { id: keyId } = await addFile('plain');
    expect((await calls().rename({ ...accountInput(), keyId, title: 'Laptop' })).keys[0]?.title).toBe('Laptop');
    await expect(calls().rename({ ...accountInput(), keyId, title: ' ' })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { title: { code: 'required' } } },
    });
    const { publicLine, randomart } = await calls().details({ ...accountInput(), keyId });
    expect(publicLine).toBe(textOf('plain.pub').replace('mara@plain\n', 'Laptop'));
    expect(await run('ssh-keygen', ['-lvf', keyFile('plain')])).toContain(randomart);
    expect((await calls().remove({ ...accountInput(), keyId })).keys).toEqual([]);
    expect((await calls().remove({ ...accountInput(), keyId })).keys).toEqual([]);
  });

  it('stays viewable without the provider, and says so', async () => {
    await addFile('plain');
    account.at.network.cut(true);
    expect(await list()).toMatchObject({
      source: 'cache',
      access: { kind: 'offline' },
      keys: [{ title: 'mara@plain' }],
    });
  });

  it('needs a proof to add and delete (E12)', async () => {
    const { id: keyId } = await addFile('plain');
    const { batchId } = await importFiles('rsa');
    await account.at.app.calls.reauth.end(accountInput());
    const refused = { code: 'reauth-required' };
    await expect(calls().remove({ ...accountInput(), keyId })).rejects.toMatchObject(refused);
    await expect(calls().add({ batchId, rows: [{ rowId: 'r1', title: '', keepPrivate: true }] })).rejects.toMatchObject(
      refused,
    );
    await expect(
      calls().exportPrivate({ ...accountInput(), keyId, format: 'openssh', passphrase: '', rounds: null }),
    ).rejects.toMatchObject(refused);
  });
});

describe('K6 a private key where a public one belongs', () => {
  it('is caught, and its public half offered', async () => {
    const { snapshot, batch } = await calls().addPublic({ ...accountInput(), title: 'Oops', line: textOf('plain') });
    expect([snapshot, batch?.rows[0]]).toMatchObject([null, { kind: 'private', verdict: 'accepted' }]);
    expect(account.at.network.requests().filter((line) => line.startsWith('POST /me/identity-keys'))).toEqual([]);
    const added = await calls().add({
      batchId: batch!.batchId,
      rows: [{ rowId: 'r1', title: 'Mine', keepPrivate: false }],
    });
    expect(added.snapshot?.keys).toMatchObject([{ title: 'Mine', hasPrivateHalf: false }]);
  });

  it('is looked at first where it holds more than one, though each is good', async () => {
    const { snapshot, batch } = await calls().addPublic({
      ...accountInput(),
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
      await expect(calls().addPublic({ ...accountInput(), title, line: textOf('locked.pub') })).rejects.toMatchObject({
        details: { fields },
      });
      await expect(calls().rename({ ...accountInput(), keyId, title })).rejects.toMatchObject({ details: { fields } });
      const { batchId } = await importFiles('rsa');
      const { results } = await calls().add({ batchId, rows: [{ rowId: 'r1', title, keepPrivate: false }] });
      expect(results).toMatchObject([{ error: { code: 'invalid-request', fields } }]);
    }
    expect(account.at.network.requests().filter((line) => /^(POST|PATCH|PUT) \/me\/identity-keys/.test(line))).toEqual([
      'POST /me/identity-keys',
    ]);
  });

  it('is what does not go straight to the account, as a public key of one’s own does', async () => {
    await run('ssh-add', ['-q', keyFile('plain')], { env: { SSH_AUTH_SOCK: agentPath } });
    const { snapshot, batch } = await calls().addPublic({ ...accountInput(), title: '', line: textOf('plain.pub') });
    expect([snapshot?.keys[0]?.title, batch]).toEqual(['mara@plain', null]);
    await expect(calls().addPublic({ ...accountInput(), title: '', line: textOf('plain.pub') })).rejects.toMatchObject({
      details: { fields: { publicKey: { code: 'duplicate' } } },
    });
  });
});

describe('K5 K9 a private half', () => {
  it('kept in the vault proves ownership, and is forgotten when asked', async () => {
    for (const name of ['plain', 'rsa']) {
      const { id: keyId, hasPrivateHalf } = await addFile(name);
      expect(hasPrivateHalf).toBe(true);
      const verified = await calls().verify({ ...accountInput(), keyId });
      expect(verified.keys.find(({ id }) => id === keyId)?.verifiedAt).not.toBeNull();
      expect(
        (await calls().forgetPrivate({ ...accountInput(), keyId })).keys.find(({ id }) => id === keyId)?.hasPrivateHalf,
      ).toBe(false);
      await expect(calls().verify({ ...accountInput(), keyId })).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('is lent to the real agent, proves ownership from there, and is taken back', async () => {
    const { id: keyId } = await addFile('plain');
    const addedAt = Date.now();
    const [lent] = (await calls().addToAgent({ ...accountInput(), keyId, lifetime: 600, confirm: false })).keys;
    expect(lent?.isInAgent).toBe(true);
    const until = Date.parse(lent?.inAgentUntil ?? '');
    expect(until).toBeGreaterThanOrEqual(addedAt + 600_000);
    expect(until).toBeLessThanOrEqual(Date.now() + 600_000);
    expect(await addedKeys()).toContain(textOf('plain.pub').split(' ')[1]);
    await calls().forgetPrivate({ ...accountInput(), keyId });
    expect((await calls().verify({ ...accountInput(), keyId })).keys[0]?.verifiedAt).not.toBeNull();
    expect((await calls().removeFromAgent({ ...accountInput(), keyId })).keys[0]).toMatchObject({
      isInAgent: false,
      inAgentUntil: null,
    });
    expect(await addedKeys()).not.toContain(textOf('plain.pub').split(' ')[1]);
    // The agent lost it by itself, and shows no other: what the screen shows follows.
    await run('ssh-add', ['-q', keyFile('plain')], { env: { SSH_AUTH_SOCK: agentPath } });
    expect((await list()).keys[0], 'added by another program, without a word of its end').toMatchObject({
      isInAgent: true,
      inAgentUntil: null,
    });
    await run('ssh-add', ['-qD'], { env: { SSH_AUTH_SOCK: agentPath } });
    await expect(calls().removeFromAgent({ ...accountInput(), keyId })).rejects.toMatchObject({
      details: { reason: 'agent-shows-none' },
    });
    expect(heard()?.keys[0]?.isInAgent).toBe(false);
  });

  it('is exported so that ssh-keygen and openssl read it', async () => {
    const { id: keyId } = await addFile('plain');
    const plain = textOf('plain.pub').split(' ').slice(0, 2).join(' ');
    const save = async (format: 'openssh' | 'pkcs8', passphrase: string) =>
      (await calls().exportPrivate({ ...accountInput(), keyId, format, passphrase, rounds: 4 })).file ?? '';
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
      calls().exportPrivate({ ...accountInput(), keyId, format: 'openssh', passphrase: 'x', rounds: 100_000 }),
    ).rejects.toMatchObject({ details: { fields: { rounds: { code: 'out-of-range' } } } });
  });

  it('of a key that the account has is kept later as well', async () => {
    await addFile('plain', false);
    const { batchId } = await importFiles('plain');
    expect((await calls().keepPrivate({ batchId, rowId: 'r1' })).keys[0]?.hasPrivateHalf).toBe(true);
    const other = await importFiles('rsa');
    await expect(calls().keepPrivate({ batchId: other.batchId, rowId: 'r1' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
