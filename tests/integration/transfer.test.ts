import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { untilAborted } from '../../electron/services/core/until-aborted.ts';
import { createMemoryFiles } from '../../electron/services/testing/memory-files.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import type { Ports } from '../../electron/services/ports.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';
import { openExport, openFile, type OpenedFile } from './transfer-under-test.ts';

const passphrase = 'seven tulips behind the mill';

const parts = ['settings', 'sessionNames', 'drafts', 'privateKeys'] as const;
let home: TempFolder;
let server: TestServer;
let first: AppUnderTest;
let accountId: string;
let file: Buffer;
let opened: Awaited<ReturnType<typeof openExport>>;
const apps: AppUnderTest[] = [];
/** By computer. */
const settings = new Map<string, unknown>();

/** A computer is a data folder and a home. */
async function openComputer(name: string, ports: Partial<Ports> = {}, isAgain = false): Promise<AppUnderTest> {
  if (isAgain) await apps.pop()?.close();
  mkdirSync(join(home.path, name), { recursive: true });
  const app = await openApp(join(home.path, name, 'data'), {
    filePicker: createDownloadsFilePicker({ HOME: join(home.path, name) }),
    settingsFile: { read: () => settings.get(name) ?? {}, write: (value) => void settings.set(name, value) },
    ...ports,
  });
  apps.push(app);
  return app;
}

async function signIn(app: AppUnderTest): Promise<string> {
  const { address, identifier, password } = server;
  const result = await app.calls.auth.signIn({ target: { kind: 'address', address }, identifier, password });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

async function nameSession(app: AppUnderTest, id: string, name: string): Promise<void> {
  const { sessions } = await app.calls.sessions.list({ accountId: id, from: 'provider' });
  await app.calls.sessions.rename({ accountId: id, sessionId: sessions[0]!.id, name });
}

const namesOf = async (app: AppUnderTest, id: string) =>
  (await app.calls.sessions.list({ accountId: id, from: 'provider' })).sessions.flatMap(({ ownName }) => ownName ?? []);

const accountsOf = async (app: AppUnderTest) => (await app.calls.accounts.list()).accounts;

/** One export for all of these: a key from a passphrase takes its time, on purpose. */
beforeAll(async () => {
  home = makeTempFolder();
  server = await startTestServer();
  first = await openComputer('first');
  accountId = await signIn(first);
  await nameSession(first, accountId, 'Kitchen laptop');
  await first.calls.settings.update({ theme: 'dark' });
  await first.calls.drafts.save({ accountId, edits: [{ path: 'contact.city', base: 'Ulm', mine: 'Bonn' }] });
  const exported = await first.calls.transfer.exportFile({ parts: [...parts], passphrase, current: null });
  file = readFileSync(exported.file!);
  opened = await openExport(file, passphrase);
});
afterAll(async () => {
  for (const app of apps) {
    expect(app.internal).toEqual([]);
    await app.close();
  }
  await server.close();
  home[Symbol.dispose]();
});

describe('X14 from one computer to another', () => {
  it('brings accounts, settings and own names; the sign-in is asked for anew, and finds it all', async () => {
    const asked: string[] = [];
    const originQuestion = { ask: (origin: string) => Promise.resolve(asked.push(origin) > 1) };
    const second = await openComputer('second', { originQuestion });
    const { preview, take } = await openFile(second, file, passphrase.normalize('NFD'));
    expect(preview.accounts).toMatchObject([{ address: server.address, isHere: false }]);
    expect([preview.fresh, preview.conflicts]).toEqual([{ accounts: 1, sessionNames: 1, drafts: 1, settings: 1 }, []]);
    expect(await take()).toEqual({ accounts: 1, sessionNames: 1, drafts: 1, settings: 1 });
    expect(await second.calls.settings.get()).toMatchObject({ theme: 'dark' });
    expect(second.events.map(({ channel }) => channel)).toContain('transfer.imported');
    const [account] = await accountsOf(second);
    expect(account).toMatchObject({ state: { kind: 'signed-out', sessionEnded: false } });
    // A file must not make the app talk to a service that the person never allowed.
    await expect(signIn(second)).rejects.toMatchObject({ details: { reason: 'origin-refused' } });
    expect(await signIn(second)).toBe(account!.id);
    expect(asked).toEqual([server.address, server.address]);
    expect(await namesOf(second, account!.id)).toEqual(['Kitchen laptop']);
    expect(await second.calls.drafts.get({ accountId: account!.id })).toMatchObject({
      edits: [{ path: 'contact.city', mine: 'Bonn' }],
    });
  });

  it('brings nothing new the second time, also past a restart', async () => {
    const again = await openFile(await openComputer('second', {}, true), file, passphrase);
    expect(again.preview.fresh).toEqual({});
    expect(again.preview.same).toMatchObject({ accounts: 1, sessionNames: 1 });
    expect(again.preview.accounts).toMatchObject([{ isHere: true }]);
    expect(await again.take()).toEqual({});
    const second = apps.at(-1)!;
    expect(await accountsOf(second)).toHaveLength(1);
    expect((await second.calls.app.snapshot()).notices).toEqual([]);
  });

  it('keeps what is here where both differ, unless the person takes the file’s; the sign-in here goes on', async () => {
    await nameSession(first, accountId, 'Attic');
    await first.calls.settings.update({ theme: 'light' });
    await first.calls.drafts.save({ accountId, edits: [{ path: 'contact.city', base: 'Ulm', mine: 'Köln' }] });
    const { preview, take } = await openFile(first, file, passphrase);
    expect(preview.conflicts).toMatchObject([
      { part: 'sessionNames', mine: 'Attic', theirs: 'Kitchen laptop', account: { address: server.address } },
      { part: 'drafts', what: 'contact.city', mine: 'Köln', theirs: 'Bonn' },
      { part: 'settings', what: 'theme', mine: 'light', theirs: 'dark', account: null },
    ]);
    expect(await take()).toEqual({});
    expect(await namesOf(first, accountId)).toEqual(['Attic']);
    const later = await openFile(first, file, passphrase);
    const [name, draft] = preview.conflicts.map(({ conflictId }) => conflictId);
    expect(await later.take([name!, draft!])).toEqual({ sessionNames: 1, drafts: 1 });
    expect(await first.calls.drafts.get({ accountId })).toMatchObject({ edits: [{ mine: 'Bonn' }] });
    expect(await first.calls.settings.get()).toMatchObject({ theme: 'light' });
    expect(await namesOf(first, accountId)).toEqual(['Kitchen laptop']);
    expect(await accountsOf(first)).toMatchObject([{ state: { kind: 'online' } }]);
  });

  it('takes somebody else at the same service for another account', async () => {
    const lines = opened.lines.map((line) => line.replace(/"personId":"[^"]+"/, '"personId":"somebody-else"'));
    const { preview, take } = await openFile(first, await opened.seal(lines), passphrase);
    expect(preview.accounts).toMatchObject([{ isHere: false }]);
    await take();
    expect(await accountsOf(first)).toHaveLength(2);
    expect(await namesOf(first, accountId)).toEqual(['Kitchen laptop']);
  });

  it('holds no token of a service, and no key of the vault', () => {
    const stored = readFileSync(join(home.path, 'first', 'data', 'vault-key.json'), 'utf8');
    const { wrappedKey } = JSON.parse(stored) as { wrappedKey: string };
    const vaultKey = Buffer.from(wrappedKey, 'base64').reverse();
    const text = opened.lines.join('\n');
    for (const form of ['base64', 'hex', 'base64url'] as const) expect(text).not.toContain(vaultKey.toString(form));
    expect(text).not.toMatch(/token|refresh|secret|bearer/i);
    expect(opened.lines.map((line) => Object.keys(JSON.parse(line) as object).join())).toEqual([
      'about',
      'ref,account',
      ...Array<string>(opened.lines.length - 3).fill('ref,part,value'),
      'end',
    ]);
  });
});

describe('X14 what goes wrong', () => {
  it.each([
    ['', 'required'],
    ['short', 'too-short'],
    ['x'.repeat(10_000), 'too-long'],
    ['two lines\nof words', 'control-characters'],
  ])('a passphrase is refused with the reason: %#', async (text, code) => {
    await expect(
      first.calls.transfer.exportFile({ parts: [...parts], passphrase: text, current: null }),
    ).rejects.toMatchObject({ code: 'invalid-request', details: { fields: { passphrase: { code } } } });
  });

  it('a wrong passphrase is told from a damaged file, a half one and a later version’s', async () => {
    await expect(openFile(first, file, 'another one')).rejects.toMatchObject({
      details: { reason: 'wrong-passphrase' },
    });
    const broken = Buffer.from(file);
    broken.writeUInt8(broken.readUInt8(9_000) ^ 1, 9_000);
    await expect(openFile(first, broken, passphrase)).rejects.toThrow('damaged');
    await expect(openFile(first, file.subarray(0, -1), passphrase)).rejects.toThrow('cut-short');
    const later = Buffer.from(file.toString('latin1').replace('"version":1', '"version":7'), 'latin1');
    await expect(openFile(first, later, passphrase)).rejects.toThrow('newer-version');
  });

  it('a file of 1 GB is refused before anything of it is read, and one that grew while it was', async () => {
    const head = file.subarray(0, 4_096).toString('base64');
    const size = 1_024 ** 3;
    expect(await first.calls.transfer.look({ size, head })).toEqual({ problem: { kind: 'too-large' } });
    expect(await first.calls.transfer.openFile({ size, head, passphrase })).toEqual({ problem: { kind: 'too-large' } });
    const answer = await first.calls.transfer.openFile({ size: file.length, head, passphrase });
    const importId = answer.problem === null ? answer.value.importId : '';
    await first.calls.transfer.feed({ importId, content: file.toString('base64') });
    expect(await first.calls.transfer.feed({ importId, content: 'AAAA' })).toEqual({ problem: { kind: 'changed' } });
    await first.calls.transfer.discard({ importId });
    await expect(first.calls.transfer.feed({ importId, content: 'AAAA' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('one that holds what no app writes is taken over in no part', async () => {
    const { lines, seal } = opened;
    const changed: Record<string, readonly string[]> = {
      'something after its end': [...lines, '{"ref":0,"part":"settings","value":{}}'],
      'no end': lines.slice(0, -1),
      'a record less than its end says': [...lines.slice(0, 2), ...lines.slice(3)],
      'what is no part': lines.with(2, '{"ref":1,"part":"tokens","value":{}}'),
      'a setting that there is not': lines.with(
        2,
        '{"ref":0,"part":"settings","value":{"name":"theme","value":"red"}}',
      ),
      'no JSON': lines.with(2, 'null'),
      'an account twice': [lines[0]!, lines[1]!, lines[1]!.replace('"ref":1', '"ref":2'), '{"end":2}'],
      'a reference to none': lines.with(2, '{"ref":2,"part":"sessionNames","value":{"id":"a","name":"b"}}'),
      'an address that nobody could have typed': lines.map((line) => line.replace('http:', 'ftp:')),
    };
    const third = await openComputer('third');
    const head = file.subarray(0, 4_096).toString('base64');
    const answer = await third.calls.transfer.openFile({ size: file.length, head, passphrase });
    const importId = answer.problem === null ? answer.value.importId : '';
    for (const [what, other] of Object.entries(changed)) {
      const content = (await seal(other)).toString('base64');
      await third.calls.transfer.beginImport({ importId, theirs: [] });
      const fed = await third.calls.transfer.feed({ importId, content });
      const problem = fed.problem ?? (await third.calls.transfer.finishImport({ importId })).problem;
      expect(problem, what).toEqual({ kind: 'wrong-content' });
    }
    expect(await accountsOf(third)).toEqual([]);
  });

  it.each([
    ['many', 40_000, 'i'.repeat(190), 'n'],
    // Fewer characters than bytes.
    ['long ones', 30_000, 'i', '語'.repeat(100)],
  ])('more than fits is refused: %s', async (_, count, id, name) => {
    const value = (n: number) => `{"id":"${id}${String(n)}","name":"${name}"}`;
    const many = Array.from({ length: count }, (__, n) => `{"ref":1,"part":"sessionNames","value":${value(n)}}`);
    const tooMany = await opened.seal([...opened.lines.slice(0, 2), ...many, `{"end":${String(many.length + 1)}}`]);
    await expect(openFile(first, tooMany, passphrase)).rejects.toThrow('too-much');
  });

  it('a full disk takes nothing over, and lets the same file be taken over once there is room', async () => {
    let isFull = true;
    const files = createMemoryFiles();
    const full = () => Promise.reject(new AppError('storage-fault', { reason: 'disk-full' }));
    const fourth = await openComputer('fourth', {
      files: { ...files, write: (name, content) => (isFull ? full() : files.write(name, content)) },
    });
    const { take } = await openFile(fourth, file, passphrase);
    await expect(take()).rejects.toMatchObject({ code: 'storage-fault' });
    isFull = false;
    expect(await accountsOf(fourth)).toEqual([]);
    expect(await (await openFile(fourth, file, passphrase)).take()).toMatchObject({ accounts: 1 });
    expect(await accountsOf(fourth)).toHaveLength(1);
  });

  it('an export is not among the app’s own files, and one that cannot be written leaves nothing', async () => {
    const data = join(home.path, 'fifth', 'data');
    mkdirSync(data, { recursive: true });
    const fifth = await openComputer('fifth', { filePicker: createDownloadsFilePicker({ HOME: data }, data) });
    const save = () => fifth.calls.transfer.exportFile({ parts: [...parts], passphrase, current: null });
    await expect(save()).rejects.toMatchObject({ code: 'storage-fault', details: { reason: 'data-folder' } });
    expect(readdirSync(join(data, 'Downloads'))).toEqual([]);
  });

  it('what is here and what comes are too much together: nothing is taken over, and nobody is told of a broken disk', async () => {
    const app = await openComputer('with much');
    const value = (n: number) => `{"id":"${String(n)}","name":"${'語'.repeat(100)}"}`;
    const bring = async (from: number): Promise<OpenedFile> => {
      const names = Array.from(
        { length: 22_000 },
        (_, n) => `{"ref":1,"part":"sessionNames","value":${value(n + from)}}`,
      );
      const file = await opened.seal([...opened.lines.slice(0, 2), ...names, `{"end":${String(names.length + 1)}}`]);
      return openFile(app, file, passphrase);
    };
    await (await bring(0)).take();
    const { take } = await bring(100_000);
    await expect(take()).rejects.toThrow('too-much');
    expect((await bring(100_000)).preview).toMatchObject({ fresh: { sessionNames: 22_000 }, same: { accounts: 1 } });
  });

  it('an export that is cancelled at its dialog is over, also where nobody answers that', async () => {
    const app: AppUnderTest = await openComputer('at the dialog', {
      filePicker: {
        async save(_, signal) {
          await app.calls.transfer.cancelExport();
          return untilAborted(new Promise<null>(() => undefined), signal);
        },
      },
    });
    for (const _ of [1, 2]) {
      const exporting = app.calls.transfer.exportFile({ parts: [], passphrase, current: null });
      await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
    }
  });

  it('an export that is cancelled or locked in the middle leaves no file', async () => {
    for (const end of ['cancelExport', 'lock'] as const) {
      const saved: string[] = [];
      const app: AppUnderTest = await openComputer(`ends by ${end}`, {
        filePicker: {
          async save({ suggestedName, content }) {
            if (end === 'lock') await app.calls.vault.lock();
            else await app.calls.transfer.cancelExport();
            for await (const bytes of content as AsyncIterable<Uint8Array>) saved.push(String(bytes.length));
            return suggestedName;
          },
        },
      });
      const chosen = { kind: 'new', text: passphrase, hint: null } as const;
      if (end === 'lock') await app.calls.vault.protect({ keyStore: true, passphrase: chosen, current: null });
      const withKeys = app.calls.transfer.exportFile({ parts: ['privateKeys'], passphrase, current: 'a guess' });
      const refused = end === 'lock' ? { details: { reason: 'wrong-passphrase' } } : { code: 'cancelled' };
      await expect(withKeys, 'private keys want the passphrase of the vault').rejects.toMatchObject(refused);
      const exporting = app.calls.transfer.exportFile({ parts: ['settings'], passphrase, current: null });
      await expect(exporting).rejects.toMatchObject({ code: end === 'lock' ? 'key-store-unavailable' : 'cancelled' });
      expect(saved).toEqual([]);
    }
  });
});
