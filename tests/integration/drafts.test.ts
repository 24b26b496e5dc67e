import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import type { DraftEdit } from '../../shared/contract/drafts.ts';
import { platform } from '../../server/presets/platform.ts';
import { findSecrets } from '../support/find-secrets.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

const city: DraftEdit = { path: 'contact.city', base: 'Stockholm', mine: 'Seeddraftville' };
const phone: DraftEdit = { path: 'contact.phone', base: '', mine: '+46 8 1' };
const passphrase = 'seven tulips behind the mill';

let folder: ReturnType<typeof makeTempFolder>;
let server: TestServer;
let app: AppUnderTest;
let accountId: string;
const dataFolder = () => join(folder.path, 'app');

beforeEach(async () => {
  folder = makeTempFolder();
  server = await startTestServer(platform);
  app = await openApp(dataFolder());
  accountId = await signIn();
  await app.calls.drafts.save({ accountId, edits: [city] });
});
afterEach(async () => {
  await app.close();
  await server.close();
  folder[Symbol.dispose]();
});

async function signIn(): Promise<string> {
  const target = { kind: 'address' as const, address: server.address };
  const { identifier, password } = server;
  return ((await app.calls.auth.signIn({ target, identifier, password })) as { accountId: string }).accountId;
}

const edits = async () => (await app.calls.drafts.get({ accountId })).edits;
const marked = async () => (await app.calls.drafts.list()).drafts.map((each) => each.accountId);
const files = () => readdirSync(dataFolder()).filter((name) => name.startsWith('draft-'));

async function restart(): Promise<void> {
  await app.close();
  app = await openApp(dataFolder());
}

describe('X5 a draft in the whole app', () => {
  it('outlasts a restart and a session that the service ended, and is shown in no file', async () => {
    server.server.database.run('DELETE FROM sessions');
    await restart();
    await app.calls.profile.get({ accountId, from: 'provider' }).catch(() => undefined);
    expect((await app.calls.accounts.list()).accounts[0]?.state).toMatchObject({ kind: 'signed-out' });
    expect([await edits(), await marked()]).toEqual([[city], [accountId]]);
    expect(await signIn()).toBe(accountId);
    expect(await edits()).toEqual([city]);
    expect(findSecrets(folder.path, ['Seeddraftville'])).toEqual([]);
  });

  it('is not shown after a sign-out, and is there once the person is back', async () => {
    await app.calls.auth.signOut({ accountId, forget: false });
    await expect(app.calls.drafts.get({ accountId })).rejects.toMatchObject({ code: 'unauthenticated' });
    await restart();
    await expect(app.calls.drafts.get({ accountId })).rejects.toMatchObject({ code: 'unauthenticated' });
    await signIn();
    expect(await edits()).toEqual([city]);
  });

  it('X11 is locked with the rest, and there again with the passphrase', async () => {
    const chosen = { kind: 'new', text: passphrase, hint: null } as const;
    await app.calls.vault.protect({ keyStore: true, passphrase: chosen, current: null });
    await app.calls.vault.lock();
    for (const ask of [() => app.calls.drafts.list(), () => app.calls.drafts.save({ accountId, edits: [] })])
      await expect(ask()).rejects.toMatchObject({ details: { reason: 'passphrase-needed' } });
    await app.calls.vault.unlock({ passphrase });
    expect([await edits(), await marked()]).toEqual([[city], [accountId]]);
  });

  it('X11 takes what was typed last along, whoever begins the lock, and whether or not the page goes on answering', async () => {
    const chosen = { kind: 'new', text: passphrase, hint: null } as const;
    await app.calls.vault.protect({ keyStore: true, passphrase: chosen, current: null });
    await app.calls.drafts.get({ accountId });
    const stop = app.on('drafts.wanted', async () => {
      await app.calls.drafts.save({ accountId, edits: [city, phone] });
      await app.calls.drafts.confirmKept();
    });
    await app.calls.vault.lock();
    await app.calls.vault.unlock({ passphrase });
    expect(await edits()).toEqual([city, phone]);
    stop();
    await app.calls.vault.lock();
    await expect(app.calls.drafts.list()).rejects.toMatchObject({ details: { reason: 'passphrase-needed' } });
    expect(app.internal).toEqual([]);
  });

  it('is named before its account is removed, goes with it, and comes back by no late call', async () => {
    expect(files()).toHaveLength(1);
    expect((await app.calls.deletion.localData({ accountId })).draftFields).toBe(1);
    await app.calls.auth.signOut({ accountId, forget: true });
    await app.calls.drafts.save({ accountId, edits: [city] });
    expect([files(), await marked()]).toEqual([[], []]);
  });

  it('E10 goes with an account that is deleted', async () => {
    await app.calls.reauth.prove({ accountId, proof: { kind: 'password', password: server.password } });
    await app.calls.deletion.remove({ accountId, email: server.identifier });
    expect([files(), await marked()]).toEqual([[], []]);
  });

  it('is never sent by itself', async () => {
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    await restart();
    const again = await app.calls.profile.get({ accountId, from: 'provider' });
    expect([again.sections.contact, await edits()]).toEqual([sections.contact, [city]]);
  });
});
