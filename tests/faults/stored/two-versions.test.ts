import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../server/testing/test-server.ts';
import { noteSpec, startStorage } from '../../../electron/services/testing/test-storage.ts';
import { openKeyWrapper } from '../../integration/open-app.ts';
import { bundleOf } from '../../support/bundles.ts';
import { listFiles } from '../../support/find-secrets.ts';
import { makeTempFolder, type TempFolder } from '../../support/temp-folder.ts';

const run = promisify(execFile);
const program = await bundleOf('app-of-a-version');

type Ask = readonly [channel: string, input?: unknown];

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()));
afterAll(() => server.close());

let folder: TempFolder;
beforeEach(() => void (folder = makeTempFolder()));
afterEach(() => folder[Symbol.dispose]());

/**
 * A run of the app, which answers each question; `later` are documents of which it has a later version, `all`: each.
 */
async function start(later: string, ...asked: readonly Ask[]): Promise<unknown[]> {
  const { stdout } = await run(process.execPath, [program, folder.path, later, JSON.stringify(asked)]);
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(asked.length);
  return lines.map((line) => JSON.parse(line) as unknown);
}

const signIn = (): Ask => {
  const { address, identifier, password } = server;
  return ['auth.signIn', { target: { kind: 'address', address }, identifier, password }];
};

/** Signs in by an app with later documents, and has everything read that is kept. */
async function useLater(later: string): Promise<string> {
  const [answer] = (await start(later, signIn())) as [{ value: { accountId: string } }];
  const { accountId } = answer.value;
  const lists = ['profile.get', 'sessions.list'] as const;
  await start(later, ...lists.map((channel) => [channel, { accountId, from: 'provider' }] as const));
  return accountId;
}

function contents(): Record<string, string> {
  const files = listFiles(folder.path).map((file) => [basename(file), readFileSync(file).toString('base64')] as const);
  return Object.fromEntries(files);
}

const fault = { ok: false, error: { code: 'storage-fault' } };

/** What the screen is told of a file that is left as it is. */
function noticeOf(file: string, what: string) {
  return { kind: 'later-or-damaged', isInTheWay: true, file, what };
}

describe('D5 two versions of the app on one folder', () => {
  it('a later one opens all that this one kept', async () => {
    const accountId = await useLater('');
    const [accounts, profile, app] = await start(
      'all',
      ['accounts.list'],
      ['profile.get', { accountId, from: 'cache' }],
      ['app.snapshot'],
    );
    expect(accounts).toMatchObject({ ok: true, value: { accounts: [{ id: accountId }] } });
    expect(profile).toMatchObject({ ok: true, value: { source: 'cache' } });
    expect(app).toMatchObject({ value: { notices: [], storageFault: null } });
  });

  it('this one goes on beside one document of a later one, says so, and never writes over it', async () => {
    const accountId = await useLater('profile');
    const name = `profile-${accountId}.sealed`;
    const before = contents();
    const [sessions, profile, app] = await start(
      '',
      ['sessions.list', { accountId, from: 'provider' }],
      ['profile.get', { accountId, from: 'provider' }],
      ['app.snapshot'],
    );
    expect(profile).toMatchObject({ ok: true, value: { source: 'provider' } });
    expect(sessions).toMatchObject({ ok: true });
    // What the provider said just now is shown, and the person hears that it is not kept.
    expect(app).toMatchObject({ value: { notices: [noticeOf(name, 'profile')], storageFault: fault.error } });
    expect(contents()[name]).toBe(before[name]);
    const [again, told] = await start('profile', ['profile.get', { accountId, from: 'cache' }], ['app.snapshot']);
    expect(again).toMatchObject({ ok: true, value: { source: 'cache' } });
    expect(told).toMatchObject({ value: { notices: [] } });
  });

  it('this one leaves every document of a later one as it is, whatever it is asked', async () => {
    const accountId = await useLater('all');
    const before = contents();
    const [accounts, profile, signedIn, forgotten, app] = await start(
      '',
      ['accounts.list'],
      ['profile.get', { accountId, from: 'provider' }],
      signIn(),
      ['auth.signOut', { accountId, forget: true }],
      ['app.snapshot'],
    );
    for (const answer of [accounts, profile, signedIn, forgotten]) expect(answer).toMatchObject(fault);
    expect(app).toMatchObject({ value: { notices: [noticeOf('connections.sealed', 'connections')] } });
    expect(contents()).toEqual(before);
    const [list] = await start('all', ['accounts.list']);
    expect(list).toMatchObject({ value: { accounts: [{ id: accountId }] } });
  });

  it('the person can go on without what is in the way; it stays under another name', async () => {
    await useLater('all');
    const before = contents();
    const [, , signedIn] = await start(
      '',
      ['accounts.list'],
      ['app.setAside', { file: 'connections.sealed' }],
      signIn(),
    );
    expect(signedIn).toMatchObject({ ok: true });
    expect(Object.values(contents())).toContain(before['connections.sealed']);
  });

  it('to forget an account is to delete what a later version kept of it too', async () => {
    const accountId = await useLater('profile,sessions,tokens');
    // Of a kind that this version has never heard of.
    const future = noteSpec(`future-${accountId}.sealed`, { account: accountId });
    const another = noteSpec(`future-another.sealed`, { account: 'another' });
    const storage = startStorage(folder.path, openKeyWrapper);
    for (const spec of [future, another]) await storage.document(spec).write({ text: 'of later' });
    const [forgotten, app] = await start('', ['auth.signOut', { accountId, forget: true }], ['app.snapshot']);
    expect(forgotten).toMatchObject({ ok: true });
    expect(app).toMatchObject({ value: { notices: [] } });
    expect(Object.keys(contents()).filter((name) => name.includes(accountId))).toEqual([]);
    expect(await startStorage(folder.path, openKeyWrapper).document(another).read()).toEqual({ text: 'of later' });
  });
});
