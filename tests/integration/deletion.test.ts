import { describe, expect, it, onTestFinished } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { openExport } from '../../electron/services/features/deletion/export-file.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import type { Ports } from '../../electron/services/ports.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { platform } from '../../server/presets/platform.ts';
import type { Preset } from '../../server/presets/preset.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openAccount } from './account-under-test.ts';

async function open(preset?: Preset, ports: Partial<Ports> = {}) {
  const account = await openAccount(preset, ports);
  onTestFinished(() => account[Symbol.asyncDispose]());
  const { app, accountId, server } = account;
  const { accounts } = server.server.stores;
  const demoId = accounts.find(server.identifier) ?? '';
  return {
    ...account,
    accounts,
    demoId,
    get: () => app.calls.deletion.get({ accountId }),
    remove: (email = server.identifier) => app.calls.deletion.remove({ accountId, email }),
    hasAccount: () => accounts.find(server.identifier) !== undefined,
    listed: async () => (await app.calls.accounts.list()).accounts.map(({ id }) => id),
    makeOwner: () => accounts.writeUser(demoId, { ...accounts.readUser(demoId), role: 'Owner' }),
  };
}

describe('E10 deleting the account', () => {
  it('says what goes and what stays, and that there is no such thing elsewhere', async () => {
    const { get, accountId } = await open(platform);
    expect(await get()).toMatchObject({ accountId, refusal: null, keeps: ['company-data', 'sent-mails'] });
    expect((await get()).deletes).toEqual(expect.arrayContaining(['profile', 'sessions', 'mfa', 'api-key']));
    const other = await open(contactCenter);
    await expect(other.get()).rejects.toMatchObject({ code: 'not-offered' });
  });

  it('takes it away there, and everything of that account here; another one stays whole', async () => {
    const { app, accountId, dataFolder, remove, listed, hasAccount, openAnother, heard } = await open(platform);
    const other = await open();
    const { identifier, password } = other.server;
    const second = await app.calls.auth.signIn({
      target: { kind: 'address', address: other.server.address },
      identifier,
      password,
    });
    if (second.next !== 'done') throw new Error('a code was asked for');
    const elsewhere = await openAnother();
    await app.calls.profile.get({ accountId, from: 'provider' });
    await app.calls.sessions.list({ accountId, from: 'provider' });
    expect(filesOf(`${dataFolder}/0`, accountId).length).toBeGreaterThan(1);

    await remove();
    expect(hasAccount()).toBe(false);
    expect(await listed()).toEqual([second.accountId]);
    expect(heard<{ currentId: string }>('accounts.changed').at(-1)?.currentId).toBe(second.accountId);
    expect(filesOf(`${dataFolder}/0`, accountId)).toEqual([]);
    expect(findSecrets(`${dataFolder}/0`, ['Tanaka', 'yuki.tanaka'])).toEqual([]);
    await expect(app.calls.profile.get({ accountId, from: 'cache' })).rejects.toMatchObject({ code: 'not-found' });
    expect(await app.calls.profile.get({ accountId: second.accountId, from: 'provider' })).toMatchObject({
      source: 'provider',
    });
    const there = elsewhere.app.calls.profile.get({ accountId: elsewhere.accountId, from: 'provider' });
    expect(await there, 'what is kept there').toMatchObject({ source: 'cache' });
    expect((await elsewhere.app.calls.accounts.list()).accounts).toMatchObject([
      { state: { kind: 'signed-out', sessionEnded: true } },
    ]);
  });

  it('needs a fresh proof, asked for by the services and not by the screen', async () => {
    const { app, accountId, network, remove, prove, hasAccount } = await open(platform);
    await app.calls.reauth.end({ accountId });
    await expect(remove()).rejects.toMatchObject({ code: 'reauth-required' });
    expect([hasAccount(), network.requests().includes('DELETE /me')]).toEqual([true, false]);
    await prove();
    await remove();
    expect(hasAccount()).toBe(false);
  });

  it.each(['', 'other@example.com', 'yuki.tanaka'])('needs the account’s own e-mail, not %j', async (email) => {
    const { remove, hasAccount, listed } = await open(platform);
    await expect(remove(email)).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { email: { code: 'not-valid' } } },
    });
    expect([hasAccount(), (await listed()).length]).toEqual([true, 1]);
  });

  it('is refused for a last owner, with the reason, also for one who has just become it', async () => {
    const { get, remove, makeOwner, hasAccount } = await open(platform);
    expect((await get()).refusal).toBeNull();
    makeOwner();
    expect((await get()).refusal).toBe('last-owner');
    await expect(remove()).rejects.toMatchObject({ code: 'forbidden', details: { reason: 'last-owner' } });
    expect(hasAccount()).toBe(true);
  });

  it('is found out to be done where the answer got lost after it', async () => {
    const { network, remove, hasAccount, listed } = await open(platform);
    network.loseNextReplyTo('DELETE /me HTTP');
    await remove();
    expect([network.lost(), hasAccount(), await listed()]).toEqual([1, false, []]);
  });

  it('stays unknown where nothing answers; the end of its session then says that it may be gone', async () => {
    const { app, accountId, network, remove, hasAccount } = await open(platform);
    const entry = async () => (await app.calls.accounts.list()).accounts[0];
    network.loseNextReplyTo('DELETE /me HTTP', true);
    await expect(remove()).rejects.toMatchObject({ code: 'offline', details: { reason: 'outcome-unknown' } });
    expect([hasAccount(), (await entry())?.mayBeDeleted]).toEqual([false, true]);
    network.cut(false);
    expect(await app.calls.profile.get({ accountId, from: 'provider' })).toMatchObject({ source: 'cache' });
    expect(await entry()).toMatchObject({ mayBeDeleted: true, state: { kind: 'signed-out', sessionEnded: true } });
  });

  it('is known not to be done as soon as the account is read again', async () => {
    const { app, accountId, network, accounts, remove } = await open(platform);
    const entry = async () => (await app.calls.accounts.list()).accounts[0];
    const { remove: removeThere } = accounts;
    // The request arrives, and the server breaks down over it.
    accounts.remove = () => {
      network.cut(true);
      throw new Error('the power went');
    };
    network.loseNextReplyTo('DELETE /me HTTP', true);
    await expect(remove()).rejects.toMatchObject({ details: { reason: 'outcome-unknown' } });
    expect((await entry())?.mayBeDeleted).toBe(true);
    accounts.remove = removeThere;
    network.cut(false);
    await app.calls.profile.get({ accountId, from: 'provider' });
    expect((await entry())?.mayBeDeleted).toBe(false);
  });

  it('names beforehand what only this computer holds: private halves and own names', async () => {
    const { app, accountId } = await open(platform);
    const localData = () => app.calls.deletion.localData({ accountId });
    expect(await localData()).toEqual({ sshKeys: 0, sessionNames: 0, draftFields: 0, activityEntries: 1 });
    const { sessions } = await app.calls.sessions.list({ accountId, from: 'provider' });
    await app.calls.sessions.rename({ accountId, sessionId: sessions[0]?.id ?? '', name: 'Desk' });
    expect(await localData()).toEqual({ sshKeys: 0, sessionNames: 1, draftFields: 0, activityEntries: 1 });
    await expect(app.calls.deletion.localData({ accountId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is not taken for done where the session ended right before it: the account is still there', async () => {
    const { app, accountId, accounts, server, remove, hasAccount, listed } = await open(platform);
    await app.calls.profile.get({ accountId, from: 'provider' });
    const { isLastOf } = accounts;
    // Another device ends all sessions between the last question and the deletion.
    accounts.isLastOf = (...who) => {
      server.server.database.run('DELETE FROM sessions');
      return isLastOf(...who);
    };
    await expect(remove()).rejects.toMatchObject({ code: 'unauthenticated', details: { reason: 'session-ended' } });
    expect([hasAccount(), await listed()]).toEqual([true, [accountId]]);
    expect((await app.calls.profile.get({ accountId, from: 'cache' })).source).toBe('cache');
  });

  it('is done once where it is asked for twice at the same time, and neither is told of a fault', async () => {
    const { network, remove, hasAccount, listed } = await open(platform);
    expect(await Promise.all([remove(), remove()])).toEqual([{}, {}]);
    expect([network.requests().filter((line) => line === 'DELETE /me').length, hasAccount(), await listed()]).toEqual([
      1,
      false,
      [],
    ]);
  });

  it('leaves nothing of the person on a full disk but the entry in the list of accounts', async () => {
    const folder = makeTempFolder();
    onTestFinished(() => folder[Symbol.dispose]());
    const files = createNodeFileStore(folder.path, createSystemClock());
    let isFull = false;
    const write: typeof files.write = async (...file) => {
      if (isFull) throw new AppError('storage-fault', { reason: 'disk-full' });
      return files.write(...file);
    };
    const { app, accountId, remove, hasAccount } = await open(platform, { files: { ...files, write } });
    await app.calls.profile.get({ accountId, from: 'provider' });
    isFull = true;
    await expect(remove()).rejects.toMatchObject({ code: 'storage-fault' });
    expect([hasAccount(), filesOf(folder.path, accountId)]).toEqual([false, []]);
    isFull = false;
    await app.calls.auth.signOut({ accountId, forget: true });
    expect((await app.calls.accounts.list()).accounts).toEqual([]);
  });

  it('deletes nothing here while the provider cannot be reached', async () => {
    const { app, accountId, network, remove, listed } = await open(platform);
    await app.calls.profile.get({ accountId, from: 'provider' });
    network.cut(true);
    await expect(remove()).rejects.toMatchObject({ code: 'offline' });
    expect(await listed()).toEqual([accountId]);
    expect((await app.calls.profile.get({ accountId, from: 'cache' })).source).toBe('cache');
  });
});

async function wholeOf(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (content instanceof Uint8Array) return Buffer.from(content);
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts);
}

describe('E10 the export before it', () => {
  const passphrase = 'correct horse battery';

  it('holds everything, encrypted, and no secret', async () => {
    const saved: Parameters<Ports['filePicker']['save']>[0][] = [];
    const filePicker: Ports['filePicker'] = {
      save: (file) => Promise.resolve(`/home/ada/${saved.push(file) && file.suggestedName}`),
    };
    const { app, accountId, enrol } = await open(platform, { filePicker });
    const { secret, recoveryCodes } = await enrol();
    const { file } = await app.calls.deletion.exportData({ accountId, passphrase });
    expect(file).toBe('/home/ada/profile-export-integration-platform.json');
    const content = await wholeOf(saved[0]!.content);
    expect(content.includes('Tanaka')).toBe(false);
    const text = (await openExport(content, passphrase))?.toString() ?? '';
    const data = JSON.parse(text) as Record<
      string,
      { sections?: object; sessions?: object[]; devices?: object[]; keys?: object[] }
    >;
    expect(data['profile']?.sections).toMatchObject({ user: { values: { lastName: 'Tanaka' } } });
    expect(data['sessions']?.sessions).toHaveLength(1);
    expect(data['mfa']?.devices).toMatchObject([{ name: 'Phone' }]);
    expect(data['sshKeys']?.keys).toEqual([]);
    // Neither are there at this provider; that is said, not left out.
    expect(data['accessKeys']).toMatchObject({ access: { kind: 'not-offered' } });
    expect(data['linkedAccounts']).toMatchObject({ access: { kind: 'not-offered' }, linkedAccounts: [] });
    for (const word of [secret, ...recoveryCodes]) expect(text.includes(word)).toBe(false);
    // Two keys are derived from the passphrase, slowly on purpose.
  });

  it('names what the service did not give, and not what it does not have', async () => {
    const filePicker: Ports['filePicker'] = { save: ({ suggestedName }) => Promise.resolve(suggestedName) };
    const { app, accountId, server } = await open(platform, { filePicker });
    server.server.stores.devices.list = () => {
      throw new Error('a table is damaged');
    };
    const { missing } = await app.calls.deletion.exportData({ accountId, passphrase });
    expect(missing).toEqual(['mfa']);
  });

  it('needs a passphrase of some length, and is not written where the person cancels', async () => {
    const { app, accountId } = await open(platform);
    await expect(app.calls.deletion.exportData({ accountId, passphrase: 'short' })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { passphrase: { code: 'too-short', limit: 12 } } },
    });
    expect(await app.calls.deletion.exportData({ accountId, passphrase })).toEqual({ file: null, missing: [] });
  });
});

function filesOf(folder: string, accountId: string): string[] {
  return listFiles(folder).filter((file) => file.includes(accountId));
}
