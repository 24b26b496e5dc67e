import { readdir } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import type { Session, SessionsSnapshot } from '../../shared/contract/account/sessions.ts';
import { serveLossyProxy } from '../faults/lossy-proxy.ts';
import { chromiumLaunchOptions } from '../support/chromium.ts';
import { signInByCurl } from '../support/curl.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

let server: TestServer;
let folder: TempFolder;
let app: AppUnderTest;
let accountId: string;

beforeEach(async () => {
  server = await startTestServer();
  folder = makeTempFolder();
  app = await openApp(folder.path);
  accountId = await signIn();
});
afterEach(async () => {
  expect(app.internal).toEqual([]);
  await app.close();
  await server.close();
  folder[Symbol.dispose]();
});

async function signIn(address = server.address): Promise<string> {
  const { identifier, password } = server;
  const result = await app.calls.auth.signIn({ target: { kind: 'address', address }, identifier, password });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

async function restart(): Promise<void> {
  await app.close();
  app = await openApp(folder.path);
}

const anyNumber = expect.any(Number) as number;
const credentials = () => JSON.stringify({ identifier: server.identifier, password: server.password });

/** Opens a session with the real curl; gives its id. */
async function openByCurl(userAgent?: string): Promise<string> {
  return (await signInByCurl(server.address, server, userAgent)).sessionId;
}

/** Signs in from a page of the real Chromium; gives the id of the session and the browser's version. */
async function signInByChromium(): Promise<{ id: string; version: string }> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    // The server's own policy lets none of its pages fetch.
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(`${server.address}/meta`);
    const id = await page.evaluate(async (body) => {
      const answer = await fetch('/auth/sign-in', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      return ((await answer.json()) as { sessionId: string }).sessionId;
    }, credentials());
    return { id, version: browser.version() };
  } finally {
    await browser.close();
  }
}

const list = (from: 'provider' | 'cache' = 'provider') => app.calls.sessions.list({ accountId, from });
const find = ({ sessions }: SessionsSnapshot, id: string): Session => sessions.find((session) => session.id === id)!;
const idsOf = ({ sessions }: SessionsSnapshot) => sessions.map(({ id }) => id);
const currentId = async () => (await list()).sessions[0]!.id;

describe('E8 E9 the list of sessions', () => {
  it('shows this app first, with all that the server and the User-Agent tell', async () => {
    await openByCurl();
    const { sessions, source } = await list();
    expect(source).toBe('provider');
    const opened = new Date(server.now()).toISOString();
    expect(sessions[0]).toMatchObject({
      isCurrent: true,
      isNew: false,
      ownName: null,
      browser: { name: 'Profile Desk', version: '0.0.0' },
      ipAddress: '127.0.0.1',
      createdAt: opened,
      lastAuthenticatedAt: opened,
    });
    expect(Date.parse(sessions[0]!.expiresAt!)).toBeGreaterThan(server.now());
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
  });

  it('reads what a real Chromium and a real curl send', async () => {
    const { id, version } = await signInByChromium();
    const curl = await openByCurl();
    const snapshot = await list();
    expect(find(snapshot, id)).toMatchObject({ os: { name: 'Linux' }, engine: { name: 'Blink' } });
    expect(find(snapshot, id).browser).toEqual({
      name: 'Chrome Headless',
      version: expect.stringMatching(`^${version.split('.')[0]!}\\.`) as string,
    });
    expect(find(snapshot, curl).browser).toEqual({
      name: 'curl',
      version: expect.stringMatching(/^\d+\.\d+/) as string,
    });
    expect(find(snapshot, curl)).toMatchObject({
      os: { name: null, version: null },
      cpu: null,
      device: { vendor: null, model: null, type: null },
    });
    // A browser takes its time to start.
  });

  it('reads a given User-Agent, and says unknown to one that tells nothing', async () => {
    const iphone = await openByCurl(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    );
    const empty = await openByCurl('');
    const snapshot = await list();
    expect(find(snapshot, iphone)).toMatchObject({
      browser: { name: 'Mobile Safari', version: '17.5' },
      os: { name: 'iOS', version: '17.5' },
      device: { vendor: 'Apple', model: 'iPhone', type: 'mobile' },
    });
    expect(find(snapshot, empty)).toMatchObject({
      browser: { name: null, version: null },
      os: { name: null, version: null },
    });
  });

  it('is there without a network, with its age, also after a restart; nothing can be closed then', async () => {
    const curl = await openByCurl();
    const seen = await list();
    await server.server.close();
    await restart();
    expect(await list('cache')).toEqual({ ...seen, source: 'cache', sequence: anyNumber });
    expect(await list()).toEqual({ ...seen, source: 'cache', sequence: anyNumber });
    await expect(app.calls.sessions.close({ accountId, ids: [curl] })).rejects.toMatchObject({ code: 'offline' });
    await expect(app.calls.sessions.closeOthers({ accountId })).rejects.toMatchObject({ code: 'offline' });
    expect(await list()).toEqual({ ...seen, source: 'cache', sequence: anyNumber });
    server = await startTestServer();
  });

  it('shows nothing that is kept once the person has signed out', async () => {
    await list();
    await app.calls.auth.signOut({ accountId, forget: false });
    for (const from of ['cache', 'provider'] as const)
      await expect(list(from)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('E9 closing sessions', () => {
  it('closes those selected, says so for each, and tells of the new list', async () => {
    const [first, second, third] = [await openByCurl(), await openByCurl(), await openByCurl()];
    const { results, snapshot } = await app.calls.sessions.close({
      accountId,
      ids: [second, 'long-gone', first, second],
    });
    expect(results).toEqual([second, 'long-gone', first].map((id) => ({ id, error: null })));
    expect(idsOf(snapshot!)).toEqual([await currentId(), third]);
    expect(app.events.filter(({ channel }) => channel === 'sessions.changed').at(-1)?.payload).toEqual(snapshot);
  });

  it('really ends them: their tokens are refused', async () => {
    const { accessToken, sessionId } = await server.signIn();
    await app.calls.sessions.close({ accountId, ids: [sessionId] });
    expect((await server.request('GET', '/me', { token: accessToken })).status).toBe(401);
  });

  it('closes all others at once and stays signed in', async () => {
    const others = [await openByCurl(), await openByCurl()];
    const { results, snapshot } = await app.calls.sessions.closeOthers({ accountId });
    expect(new Set(results)).toEqual(new Set(others.map((id) => ({ id, error: null }))));
    expect(snapshot!.sessions.map(({ isCurrent }) => isCurrent)).toEqual([true]);
  });

  it('signs out when the current one is closed, after the others', async () => {
    const other = await openByCurl();
    const { accessToken } = await server.signIn();
    const current = await currentId();
    const { results, snapshot } = await app.calls.sessions.close({ accountId, ids: [current, other] });
    expect({ results, snapshot }).toEqual({
      results: [
        { id: current, error: null },
        { id: other, error: null },
      ],
      snapshot: null,
    });
    const { accounts } = await app.calls.accounts.list();
    expect(accounts[0]?.state).toEqual({ kind: 'signed-out', sessionEnded: false });
    expect((await readdir(folder.path)).filter((name) => name.startsWith('tokens-'))).toEqual([]);
    const left = await server.request<{ sessions: unknown[] }>('GET', '/me/sessions', { token: accessToken });
    expect(left.body.sessions).toHaveLength(1);
  });

  it('closes 2,500 in one go', async () => {
    const personId = server.server.stores.accounts.find(server.identifier)!;
    const devices = Array.from({ length: 2_500 }, (_, index) => ({
      userAgent: `curl/8.${String(index % 40)}.0`,
      ipAddress: '192.0.2.7',
    }));
    server.server.stores.sessions.startAll(personId, devices);
    const ids = idsOf(await list()).slice(1);
    const { results, snapshot } = await app.calls.sessions.close({ accountId, ids });
    expect(results).toEqual(ids.map((id) => ({ id, error: null })));
    expect(snapshot!.sessions).toHaveLength(1);
  });

  it.each(['/me/sessions/close ', '/me/sessions/close-others '])(
    'finds out that it was done although the answer to %s got lost',
    async (path) => {
      const proxy = await serveLossyProxy(server.address);
      try {
        accountId = await signIn(proxy.address);
        const other = await openByCurl();
        proxy.loseNextReplyTo(`POST ${path}`);
        const calls = app.calls.sessions;
        const { results, snapshot } = path.includes('others')
          ? await calls.closeOthers({ accountId })
          : await calls.close({ accountId, ids: [other] });
        expect(proxy.lost()).toBe(1);
        expect(results).toContainEqual({ id: other, error: null });
        expect(idsOf(snapshot!)).not.toContain(other);
      } finally {
        await proxy.close();
      }
    },
  );
});

describe('X4 sessions that are new since the last look', () => {
  it('are none at the first look, then those opened since, until they were seen', async () => {
    await openByCurl();
    expect((await list()).sessions.filter(({ isNew }) => isNew)).toEqual([]);
    const fresh = await openByCurl();
    await restart();
    expect((await list()).sessions.filter(({ isNew }) => isNew).map(({ id }) => id)).toEqual([fresh]);
    await app.calls.sessions.markSeen({ accountId });
    await restart();
    expect((await list()).sessions.filter(({ isNew }) => isNew)).toEqual([]);
  });

  it('stay new if they came after the list that was looked at', async () => {
    await list();
    const unseen = await openByCurl();
    await app.calls.sessions.markSeen({ accountId });
    expect(find(await list(), unseen).isNew).toBe(true);
  });
});

describe('X10 own names of sessions', () => {
  it('stay with the session over restarts, not with its address, and go with it', async () => {
    const [named, sameAddress] = [await openByCurl(), await openByCurl()];
    await list();
    const renamed = await app.calls.sessions.rename({ accountId, sessionId: named, name: '  Küche \u202e💻\n' });
    expect(find(renamed, named).ownName).toBe('Küche 💻');
    await restart();
    const later = await list();
    expect([find(later, named).ownName, find(later, sameAddress).ownName]).toEqual(['Küche 💻', null]);
    await app.calls.sessions.close({ accountId, ids: [named] });
    await expect(app.calls.sessions.rename({ accountId, sessionId: named, name: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('can be given and taken without a network, and never leave this computer', async () => {
    const id = await currentId();
    await server.server.close();
    await list();
    expect(await app.calls.sessions.rename({ accountId, sessionId: id, name: 'Desk' })).toMatchObject({
      source: 'cache',
    });
    expect(find(await list('cache'), id).ownName).toBe('Desk');
    expect(find(await app.calls.sessions.rename({ accountId, sessionId: id, name: ' ' }), id).ownName).toBeNull();
    server = await startTestServer();
  });
});

describe('D3 what is kept of sessions', () => {
  it('is removed with the account', async () => {
    await list();
    await app.calls.sessions.rename({ accountId, sessionId: await currentId(), name: 'Desk' });
    expect((await readdir(folder.path)).filter((name) => name.startsWith('session'))).toHaveLength(2);
    await app.calls.auth.signOut({ accountId, forget: true });
    expect((await readdir(folder.path)).filter((name) => name.includes(accountId))).toEqual([]);
  });

  it('is not there either if a list arrives while the account is being removed', async () => {
    const lists = [list(), list()].map((each) => each.catch(() => undefined));
    await app.calls.auth.signOut({ accountId, forget: true });
    await Promise.all(lists);
    expect((await readdir(folder.path)).filter((name) => name.includes(accountId))).toEqual([]);
  });
});
