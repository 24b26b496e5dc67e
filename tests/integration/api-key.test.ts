import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryClipboard, type MemoryClipboard } from '../../electron/services/testing/memory-clipboard.ts';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import { platform } from '../../server/presets/platform.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import type { Preset } from '../../server/presets/preset.ts';
import type { ApiKeySnapshot } from '../../shared/contract/keys/api-key.ts';
import { statusByCurl } from '../support/curl.ts';
import { findSecrets } from '../support/find-secrets.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';

let at: AccountUnderTest;
let home: TempFolder;
let clipboard: MemoryClipboard;

async function open(preset: Preset = controlAccount): Promise<void> {
  home = makeTempFolder();
  clipboard = createMemoryClipboard();
  at = await openAccount(preset, { clipboard, filePicker: createDownloadsFilePicker({ HOME: home.path }) });
}
afterEach(async () => {
  await at[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const accountInput = () => ({ accountId: at.accountId });
const calls = () => at.app.calls.apiKey;
const get = () => calls().get({ ...accountInput(), from: 'provider' });
const generate = (name = 'Backup script', expiresAt: string | null = null) =>
  calls().generate({ ...accountInput(), name, expiresAt });
async function make(): Promise<string> {
  return (await generate()).newApiKey ?? '';
}
const works = async (key: string) => (await statusByCurl(at.server.address, { accessToken: key })) === 200;
const setPermissions = (...names: string[]) =>
  at.server.server.stores.accounts.setPermissions(at.server.server.stores.accounts.findDemo() ?? '', names);
const refusedFor = (code: string) => ({ code }) as object;

describe('W7 an API key with a name', () => {
  it('is made, works from curl, and is known by its last four from then on', async () => {
    await open();
    expect(await get()).toMatchObject({
      key: null,
      access: { kind: 'editable' },
      offers: ['name', 'expiry'],
      pendingSecretUntil: null,
    });
    const { snapshot, newApiKey } = await generate(' Backup script ');
    expect(snapshot.key).toMatchObject({ name: 'Backup script', lastFour: newApiKey!.slice(-4), lastUsedAt: null });
    expect(await works(newApiKey!)).toBe(true);
    expect(at.heard<ApiKeySnapshot>('apiKey.changed').at(-1)).toEqual(snapshot);
    expect((await get()).key?.lastUsedAt).not.toBeNull();
  });

  it('is void at once when rotated, which keeps its name', async () => {
    await open();
    const old = await make();
    const { newApiKey, snapshot } = await calls().rotate(accountInput());
    expect([await works(old), await works(newApiKey!)]).toEqual([false, true]);
    expect(snapshot.key?.name).toBe('Backup script');
  });

  it('is void at once when deleted, and nothing is held of it', async () => {
    await open();
    const key = await make();
    expect(await calls().remove(accountInput())).toMatchObject({ key: null, pendingSecretUntil: null });
    expect(await works(key)).toBe(false);
    await expect(calls().copy(accountInput())).rejects.toMatchObject(refusedFor('not-found'));
  });

  it.each([
    ['', 'required'],
    ['x'.repeat(300), 'too-long'],
    ['a\u0007b', 'control-characters'],
  ])('is not made with the name %j', async (name, code) => {
    await open();
    await expect(generate(name)).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { name: { code } } },
    });
    expect((await get()).key).toBeNull();
  });

  it('is one key after a double click', async () => {
    await open();
    const [first, second] = await Promise.all([generate(), generate()]);
    expect(first.newApiKey).toBe(second.newApiKey);
    expect(at.network.requests().filter((line) => line === 'POST /me/api-key')).toHaveLength(1);
    expect(await works(first.newApiKey!)).toBe(true);
  });

  it('is found out if the answer that showed it gets lost', async () => {
    await open();
    at.network.loseNextReplyTo('POST /me/api-key');
    const { snapshot, newApiKey } = await generate();
    expect([at.network.lost(), newApiKey, snapshot.isLost]).toEqual([1, null, true]);
    expect(snapshot.key).toMatchObject({ name: 'Backup script' });
    const again = await generate();
    expect([again.snapshot.isLost, await works(again.newApiKey!)]).toEqual([false, true]);
  });

  it('is found out at the next reading if there is no network after that', async () => {
    await open();
    await get();
    at.network.loseNextReplyTo('POST /me/api-key', true);
    await expect(generate()).rejects.toMatchObject(refusedFor('offline'));
    expect(at.network.lost()).toBe(1);
    at.network.cut(false);
    expect(await get()).toMatchObject({ isLost: true, key: { name: 'Backup script' } });
  });

  it('needs a fresh proof (E12)', async () => {
    await open();
    await at.app.calls.reauth.end(accountInput());
    await expect(generate()).rejects.toMatchObject(refusedFor('reauth-required'));
    expect(at.network.requests()).not.toContain('POST /me/api-key');
    await at.prove();
    expect(await make()).toMatch(/^pdk_/);
  });

  it('says which permission is missing, also when it is taken away while the screen is open (X6)', async () => {
    await open();
    expect((await get()).access).toEqual({ kind: 'editable' });
    setPermissions();
    await expect(generate()).rejects.toMatchObject({ code: 'forbidden', details: { permission: 'API Key Manage' } });
    expect(at.heard<ApiKeySnapshot>('apiKey.changed').at(-1)?.access).toEqual({
      kind: 'needs-permission',
      permission: 'API Key Manage',
    });
  });

  it('can be tested by a real call', async () => {
    await open();
    await make();
    expect(await calls().test(accountInput())).toMatchObject({ isAccepted: true });
    at.server.server.stores.apiKeys.remove(at.server.server.stores.accounts.findDemo() ?? '');
    expect(await calls().test(accountInput())).toMatchObject({ isAccepted: false });
    expect((await at.app.calls.accounts.list()).accounts[0]?.state.kind).toBe('online');
  });

  it('ends on the day asked for, and on one set here alone (X3)', async () => {
    await open();
    const day = new Date(at.server.now() + 86_400_000).toISOString();
    expect((await generate('x', day)).snapshot.key).toMatchObject({ expiresAt: day, ownEnd: null });
    const own = new Date(at.server.now() + 43_200_000).toISOString();
    expect((await calls().setOwnEnd({ ...accountInput(), ownEnd: own })).key?.ownEnd).toBe(own);
    expect((await get()).key?.ownEnd).toBe(own);
    // A new key in its place is another key.
    expect((await generate('y')).snapshot.key?.ownEnd).toBeNull();
  });

  it('is viewable without a network, and cannot be changed then', async () => {
    await open();
    const { snapshot } = await generate();
    at.network.cut(true);
    expect(await get()).toEqual({
      ...snapshot,
      source: 'cache',
      sequence: expect.any(Number),
      access: { kind: 'offline' },
    });
    await expect(generate()).rejects.toMatchObject(refusedFor('offline'));
  });
});

describe('W7 the secret of a new API key', () => {
  it('is copied and saved by the services, and can be had by a page loaded anew', async () => {
    await open();
    const key = await make();
    const { clearsAt } = await calls().copy(accountInput());
    expect(clipboard.content).toBe(key);
    expect(Date.parse(clearsAt) - Date.now()).toBeGreaterThan(20_000);
    const { file } = await calls().save(accountInput());
    expect(readFileSync(file!, 'utf8')).toBe(
      ['API key', 'Control account · demo@profile-desk.example', '2026-01-15', '', 'Backup script', key, ''].join('\n'),
    );
    expect(await calls().resume(accountInput())).toEqual({ newApiKey: key });
  });

  it('stays when there is no clipboard or no way to write the file', async () => {
    await open();
    const key = await make();
    clipboard.isAvailable = false;
    await expect(calls().copy(accountInput())).rejects.toMatchObject(refusedFor('clipboard-unavailable'));
    // A file in the way stops even root, whom a mode would not.
    writeFileSync(join(home.path, 'Downloads'), 'in the way');
    await expect(calls().save(accountInput())).rejects.toMatchObject(refusedFor('storage-fault'));
    expect(await calls().resume(accountInput())).toEqual({ newApiKey: key });
  });

  it('is nowhere after Done: not in files, not on the clipboard, not in any answer', async () => {
    await open();
    const key = await make();
    await calls().finish(accountInput());
    await at.app.calls.auth.signOut({ ...accountInput(), forget: false });
    expect(at.heard<ApiKeySnapshot>('apiKey.changed').at(-1)?.pendingSecretUntil).toBeNull();
    expect(await calls().resume(accountInput())).toEqual({ newApiKey: null });
    expect(JSON.stringify(at.app.events)).not.toContain(key);
    expect(findSecrets(at.dataFolder, [key])).toEqual([]);
  });

  it('cannot be copied, saved or tested any more after Done', async () => {
    await open();
    await make();
    await calls().finish(accountInput());
    for (const act of ['copy', 'save', 'test'] as const)
      await expect(calls()[act](accountInput())).rejects.toMatchObject(refusedFor('not-found'));
  });

  it('is gone from memory and clipboard at sign-out', async () => {
    await open();
    await make();
    await calls().copy(accountInput());
    await at.app.calls.auth.signOut({ ...accountInput(), forget: false });
    await expect.poll(() => clipboard.content).toBe('');
    expect(await calls().resume(accountInput())).toEqual({ newApiKey: null });
  });

  it('leaves no file of the keys when the account is forgotten', async () => {
    await open();
    await make();
    const files = () =>
      readdirSync(at.dataFolder, { recursive: true }).filter((name) => String(name).includes('keys-'));
    expect(files()).toHaveLength(1);
    await at.app.calls.auth.signOut({ ...accountInput(), forget: true });
    expect(files()).toEqual([]);
  });

  it('is gone from the clipboard when the app ends', async () => {
    await open();
    await make();
    await calls().copy(accountInput());
    await at.app.close();
    expect(clipboard.content).toBe('');
  });
});

describe('E7 an API key that can be shown again', () => {
  it('is revealed and copied after a proof, and void once replaced', async () => {
    await open(platform);
    expect((await get()).offers).toEqual(['reveal']);
    const key = (await generate('')).newApiKey!;
    await calls().finish(accountInput());
    expect(await calls().reveal(accountInput())).toEqual({ apiKey: key });
    await calls().copy(accountInput());
    expect(clipboard.content).toBe(key);
    await generate('');
    expect(await works(key)).toBe(false);
    await at.app.calls.reauth.end(accountInput());
    await calls().finish(accountInput());
    await expect(calls().copy(accountInput())).rejects.toMatchObject(refusedFor('reauth-required'));
  });

  it('is not lost with the answer that showed it: it is asked for again', async () => {
    await open(platform);
    at.network.loseNextReplyTo('POST /me/api-key ');
    const { newApiKey, snapshot } = await generate('');
    expect([at.network.lost(), snapshot.isLost, await works(newApiKey!)]).toEqual([1, false, true]);
  });

  it('has usage examples that hide it, and run when copied', async () => {
    await open(platform);
    const key = (await generate('')).newApiKey!;
    const { examples } = await calls().examples(accountInput());
    expect(examples.map(({ kind }) => kind)).toEqual(['curl', 'node', 'python']);
    for (const { text } of examples)
      expect([text.includes(key), text.includes(`••••${key.slice(-4)}`)]).toEqual([false, true]);
    const programs = {
      curl: ['sh', '-c'],
      node: [process.execPath, '--input-type=module', '-e'],
      python: ['python3', '-c'],
    } as const;
    for (const kind of ['curl', 'node', 'python'] as const) {
      expect((await calls().copyExample({ ...accountInput(), kind })).holdsKey).toBe(true);
      const [program, ...args] = programs[kind];
      const { stdout } = await promisify(execFile)(program, [...args, clipboard.content], {
        env: { ...process.env, no_proxy: '127.0.0.1' },
      });
      expect(stdout).toContain('yuki.tanaka');
    }
  });
});

describe('W7 examples without a key at hand', () => {
  it('are copied with a placeholder, and say so', async () => {
    await open();
    await make();
    await calls().finish(accountInput());
    expect((await calls().copyExample({ ...accountInput(), kind: 'curl' })).holdsKey).toBe(false);
    expect(clipboard.content).toContain('YOUR_API_KEY');
  });
});

describe('W7 where there are no API keys', () => {
  it('says so and makes none', async () => {
    await open(contactCenter);
    expect(await get()).toMatchObject({ access: { kind: 'not-offered' }, key: null, offers: [] });
    await at.prove();
    await expect(generate()).rejects.toMatchObject(refusedFor('not-offered'));
    await expect(calls().examples(accountInput())).rejects.toMatchObject(refusedFor('not-offered'));
  });
});
