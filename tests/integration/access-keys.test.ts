import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryClipboard, type MemoryClipboard } from '../../electron/services/testing/memory-clipboard.ts';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import type { AccessKeysSnapshot, NewAccessKey } from '../../shared/contract/keys/access-keys.ts';
import { exchangeByCurl, statusByCurl } from '../support/curl.ts';
import { findSecrets } from '../support/find-secrets.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';

let at: AccountUnderTest;
let home: TempFolder;
let clipboard: MemoryClipboard;

beforeEach(async () => {
  home = makeTempFolder();
  clipboard = createMemoryClipboard();
  at = await openAccount(contactCenter, { clipboard, filePicker: createDownloadsFilePicker({ HOME: home.path }) });
  await at.prove();
});
afterEach(async () => {
  await at[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const accountInput = () => ({ accountId: at.accountId });
const calls = () => at.app.calls.accessKeys;
const list = () => calls().list({ ...accountInput(), from: 'provider' });
const create = (name = '', expiresAt: string | null = null) => calls().create({ ...accountInput(), name, expiresAt });
async function make(): Promise<NewAccessKey> {
  const { newKey } = await create();
  if (!newKey) throw new Error('lost');
  return newKey;
}
const exchange = ({ keyId, secretKey }: NewAccessKey) => exchangeByCurl(at.server.address, keyId, secretKey);
const setActive = (keyId: string, isActive: boolean) => calls().setActive({ ...accountInput(), keyId, isActive });
const remove = (keyId: string) => calls().remove({ ...accountInput(), keyId });
const setPermissions = (...names: string[]) =>
  at.server.server.stores.accounts.setPermissions(at.server.server.stores.accounts.findDemo() ?? '', names);
const refusedFor = (code: string) => ({ code }) as object;
const heard = () => at.heard<AccessKeysSnapshot>('accessKeys.changed').at(-1);

describe('C7 access keys', () => {
  it('are made, listed newest first, and trade for a token from curl', async () => {
    expect(await list()).toMatchObject({
      keys: [],
      limit: 10,
      access: { kind: 'editable' },
      offers: ['name', 'expiry'],
      pendingSecret: null,
    });
    const first = await make();
    at.server.pass(1);
    const { snapshot, newKey } = await create('Dialer');
    expect(snapshot.keys.map(({ id, name }) => [id, name])).toEqual([
      [newKey!.keyId, 'Dialer'],
      [first.keyId, ''],
    ]);
    expect(heard()).toEqual(snapshot);
    const token = await exchange(newKey!);
    expect(await statusByCurl(at.server.address, { accessToken: token! })).toBe(200);
    expect((await list()).keys[0]?.lastUsedAt).not.toBeNull();
  });

  it('stop and start again, and tokens got with them fail at once', async () => {
    const key = await make();
    const token = await exchange(key);
    expect((await setActive(key.keyId, false)).keys[0]?.isActive).toBe(false);
    expect(await statusByCurl(at.server.address, { accessToken: token! })).toBe(401);
    expect(await exchange(key)).toBeUndefined();
    await setActive(key.keyId, true);
    expect(await exchange(key)).toMatch(/^pdt_/);
  });

  it('are stopped also where another computer changed them meanwhile', async () => {
    const key = await make();
    const other = await at.openAnother();
    await other.app.calls.reauth.prove({
      accountId: other.accountId,
      proof: { kind: 'password', password: at.server.password },
    });
    await other.app.calls.accessKeys.setActive({ accountId: other.accountId, keyId: key.keyId, isActive: false });
    expect((await setActive(key.keyId, false)).keys[0]?.isActive).toBe(false);
    expect((await setActive(key.keyId, true)).keys[0]?.isActive).toBe(true);
  });

  it('are deleted for good, and one that is gone already counts as deleted', async () => {
    const key = await make();
    expect(await remove(key.keyId)).toMatchObject({ keys: [], pendingSecret: null });
    expect(await exchange(key)).toBeUndefined();
    expect((await remove(key.keyId)).keys).toEqual([]);
  });

  it('are one key after a double click', async () => {
    const [first, second] = await Promise.all([create('a'), create('a')]);
    expect(first.newKey).toEqual(second.newKey);
    expect((await list()).keys).toHaveLength(1);
  });

  it('are found out if the answer that showed the secret gets lost', async () => {
    at.network.loseNextReplyTo('POST /me/access-keys');
    const { snapshot, newKey } = await create('Dialer');
    expect(newKey).toBeNull();
    expect(snapshot.lost).toEqual([snapshot.keys[0]?.id]);
    await remove(snapshot.lost[0]!);
    expect((await create('Dialer')).snapshot).toMatchObject({ lost: [], keys: [{ name: 'Dialer' }] });
  });

  it('are limited, and say so', async () => {
    for (let made = 0; made < 10; made += 1) await create();
    await expect(create()).rejects.toMatchObject({ code: 'invalid-request', details: { reason: 'limit-reached' } });
  });

  it('need a fresh proof and the permission, and say which (E12, X6)', async () => {
    const { keyId } = await make();
    await at.app.calls.reauth.end(accountInput());
    await expect(create()).rejects.toMatchObject(refusedFor('reauth-required'));
    await expect(setActive(keyId, false)).rejects.toMatchObject(refusedFor('reauth-required'));
    await at.prove();
    setPermissions('My Account Page Edit');
    await expect(create()).rejects.toMatchObject({ code: 'forbidden', details: { permission: 'Access Key Create' } });
    expect(heard()?.access).toEqual({ kind: 'needs-permission', permission: 'Access Key Create' });
    // One's own can always be stopped.
    expect((await setActive(keyId, false)).keys[0]?.isActive).toBe(false);
  });

  it('are viewable without a network', async () => {
    const { snapshot } = await create('Dialer');
    at.network.cut(true);
    expect(await list()).toMatchObject({ source: 'cache', access: { kind: 'offline' }, keys: snapshot.keys });
  });

  it('have an end of one’s own beside that of the provider (X3)', async () => {
    const day = new Date(at.server.now() + 86_400_000).toISOString();
    const { newKey } = await create('Dialer', day);
    const own = new Date(at.server.now() + 3_600_000).toISOString();
    const { keys } = await calls().setOwnEnd({ ...accountInput(), keyId: newKey!.keyId, ownEnd: own });
    expect(keys[0]).toMatchObject({ expiresAt: day, ownEnd: own });
    expect(
      (await calls().setOwnEnd({ ...accountInput(), keyId: newKey!.keyId, ownEnd: null })).keys[0]?.ownEnd,
    ).toBeNull();
    await expect(calls().setOwnEnd({ ...accountInput(), keyId: 'none', ownEnd: own })).rejects.toMatchObject(
      refusedFor('not-found'),
    );
  });
});

describe('C7 the secret of a new access key', () => {
  it('is held for Copy, Save and test until Done', async () => {
    const { keyId, secretKey } = await make();
    expect((await list()).pendingSecret?.keyId).toBe(keyId);
    await calls().copySecret(accountInput());
    expect(clipboard.content).toBe(secretKey);
    const { file } = await calls().save(accountInput());
    const lines = [
      'Access key',
      'Contact center · demo@profile-desk.example',
      '2026-01-15',
      '',
      `Access key ID: ${keyId}`,
      `Secret key: ${secretKey}`,
      '',
    ];
    expect(readFileSync(file!, 'utf8')).toBe(lines.join('\n'));
    expect(await calls().resume(accountInput())).toEqual({ newKey: { keyId, secretKey } });
    expect(await calls().test(accountInput())).toMatchObject({ isAccepted: true });
    await setActive(keyId, false);
    expect(await calls().test(accountInput())).toMatchObject({ isAccepted: false });
  });

  it('is nowhere after Done', async () => {
    const { secretKey } = await make();
    await calls().finish(accountInput());
    expect(heard()?.pendingSecret).toBeNull();
    expect(await calls().resume(accountInput())).toEqual({ newKey: null });
    for (const act of ['copySecret', 'save', 'test'] as const)
      await expect(calls()[act](accountInput())).rejects.toMatchObject(refusedFor('not-found'));
    expect(JSON.stringify([at.app.events, await list()])).not.toContain(secretKey);
    expect(findSecrets(at.dataFolder, [secretKey])).toEqual([]);
  });
});

describe('X12 12 secrets', () => {
  it('of keys made, copied, shown and finished are in none of the app’s files', async () => {
    const secrets: string[] = [];
    for (let made = 0; made < 12; made += 1) {
      const { keyId, secretKey } = await make();
      secrets.push(secretKey);
      await calls().copySecret(accountInput());
      await calls().test(accountInput());
      await calls().finish(accountInput());
      await remove(keyId);
    }
    await at.app.close();
    expect(findSecrets(at.dataFolder, secrets)).toEqual([]);
    expect(clipboard.content).toBe('');
  });
});
