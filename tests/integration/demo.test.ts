import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createEmbeddedProvider } from '../../electron/services/embedded/embedded-provider.ts';
import { silentLog } from '../../electron/services/testing/test-storage.ts';
import { forkEmbeddedServer } from '../support/fork-embedded-server.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

const target = { kind: 'embedded' } as const;
const next = 'Quiet-harbour-72-lanterns';
let folder: TempFolder;
let app: AppUnderTest;

beforeEach(async () => {
  folder = makeTempFolder();
  const embedded = createEmbeddedProvider({
    fork: forkEmbeddedServer,
    folder: join(folder.path, 'embedded'),
    preset: 'control-account',
    clock: createSystemClock(),
    log: silentLog,
  });
  app = await openApp(join(folder.path, 'store'), { embedded });
});

afterEach(async () => {
  await app.close();
  folder[Symbol.dispose]();
  expect(app.internal).toEqual([]);
});

async function offered() {
  const { demo } = await app.calls.accounts.inspect(target);
  if (!demo) throw new Error('no demo account');
  return demo;
}

async function signIn(password: string | null): Promise<string> {
  const { identifier } = await offered();
  const result = await app.calls.auth.signIn({ target, identifier, password: password ?? '-' });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

describe('D7 the demo inside the app', () => {
  it('W4 lets its person try another role', async () => {
    const accountId = await signIn((await offered()).password);
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    expect(sections.user.access.role.kind).toBe('editable');
  });

  it('W9 does not offer a changed password, nor keep the new one; a renewed demo offers its own', async () => {
    const { password } = await offered();
    const accountId = await signIn(password);
    await app.calls.password.change({ accountId, current: password ?? '', next, endOtherSessions: false });
    expect((await offered()).password).toBeNull();
    expect(await signIn(next)).toBe(accountId);
    await app.calls.auth.renewDemo();
    expect((await app.calls.accounts.list()).accounts).toEqual([]);
    const fresh = await offered();
    expect(fresh.password).not.toBeNull();
    expect(fresh.password).not.toBe(password);
    expect(await signIn(fresh.password)).not.toBe(accountId);
  });

  it('notices at a sign-in that its password was changed elsewhere, and not for another mistake', async () => {
    const { identifier, password } = await offered();
    await expect(app.calls.auth.signIn({ target, identifier, password: 'wrong' })).rejects.toThrow('wrong-credentials');
    expect((await offered()).password).toBe(password);
    // As by the link of a reset mail: the app is not told.
    const { address } = await app.calls.accounts.inspect(target);
    const signedIn = await post(address, '/auth/sign-in', { identifier, password });
    await post(address, '/me/password', { current: password, next, endOtherSessions: false }, signedIn['accessToken']);
    await expect(app.calls.auth.signIn({ target, identifier, password: password ?? '' })).rejects.toThrow(
      'wrong-credentials',
    );
    expect((await offered()).password).toBeNull();
  });

  it('is named by the address that its person has now', async () => {
    const accountId = await signIn((await offered()).password);
    const before = await app.calls.profile.get({ accountId, from: 'provider' });
    const { revision } = before.sections.contact;
    await app.calls.profile.update({
      accountId,
      contact: { revision, changes: { email: 'mara.new@profile-desk.example' } },
    });
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    expect((await offered()).identifier).toBe(sections.contact.values.email);
  });
});

async function post(address: string, path: string, body: unknown, token = ''): Promise<Record<string, string>> {
  const response = await fetch(new URL(path.slice(1), `${address}/`), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  expect(response.status, path).toBeLessThan(300);
  return response.status === 204 ? {} : ((await response.json()) as Record<string, string>);
}
