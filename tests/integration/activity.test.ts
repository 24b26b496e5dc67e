import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityEntry, ActivityFilter } from '../../shared/contract/activity.ts';
import type { FilePicker } from '../../electron/services/ports.ts';
import { disguisesOf } from '../support/find-secrets.ts';
import { makePublicLine } from '../support/make-public-line.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';
import { openApp } from './services-under-test.ts';

const all: ActivityFilter = {
  ...{ area: null, notByYou: false, search: '', matchingAreas: [], matchingActs: [], matchingFields: [] },
};

let desk: AccountUnderTest;
/** What was saved as a file. */
let saved: Uint8Array[];
beforeEach(async () => {
  saved = [];
  const save: FilePicker['save'] = async ({ suggestedName, content }) => {
    if (!(content instanceof Uint8Array)) throw new Error('not in one piece');
    saved.push(content);
    return suggestedName;
  };
  desk = await openAccount(undefined, { filePicker: { save } });
  await look();
});
afterEach(() => desk[Symbol.asyncDispose]());

const look = (by: Pick<AccountUnderTest, 'app' | 'accountId'> = desk) =>
  by.app.calls.activity.look({ accountId: by.accountId });

/** Newest first. */
async function list(filter: Partial<ActivityFilter> = {}): Promise<ActivityEntry[]> {
  const { accountId } = desk;
  const page = await desk.app.calls.activity.list({
    accountId,
    before: null,
    limit: 500,
    filter: { ...all, ...filter },
  });
  return page.entries.map(({ entry }) => entry);
}

const notByYou = () => list({ notByYou: true });

describe('X4 activity of an account', () => {
  it('begins with the sign-in alone: the first reading is what later ones are compared with', async () => {
    expect(await look()).toEqual({ isWhole: true });
    expect(await list()).toMatchObject([{ type: 'act', act: 'account.signIn', outcome: 'done' }]);
    expect(await notByYou()).toEqual([]);
  });

  it('tells of what was changed elsewhere, what it was and what it became, and when it was seen', async () => {
    const other = await desk.openAnother();
    await look();
    const { sections } = await other.app.calls.profile.get({ accountId: other.accountId, from: 'provider' });
    const { revision, values } = sections.user;
    await other.app.calls.profile.update({
      accountId: other.accountId,
      user: { revision, changes: { lastName: 'Changed elsewhere' } },
    });
    await look();
    const [change, session] = await notByYou();
    expect(change).toMatchObject({
      ...{ type: 'change', area: 'profile', change: 'changed', by: 'elsewhere', field: 'user.lastName' },
      ...{ from: values.lastName, to: 'Changed elsewhere' },
    });
    expect(session).toMatchObject({ area: 'sessions', change: 'added', by: 'elsewhere' });
    if (change?.type !== 'change') throw new Error('no change');
    expect(Date.parse(change.since)).toBeLessThanOrEqual(Date.parse(change.at));
  });

  it('takes what was done here for the person’s own, once, with the outcome', async () => {
    const { app, accountId } = desk;
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    const { revision } = sections.user;
    await app.calls.profile.update({ accountId, user: { revision, changes: { firstName: 'Changed here' } } });
    await desk.prove();
    const { id: keyId, sha256 } = await addSshKey(desk, 'Laptop');
    await app.calls.sshKeys.rename({ accountId, keyId, title: 'Old laptop' });
    await app.calls.sshKeys.remove({ accountId, keyId });
    await look();
    expect(await notByYou()).toEqual([]);
    const entries = await list();
    expect(entries).toMatchObject([
      { act: 'sshKeys.remove', subject: 'Old laptop', outcome: 'done' },
      { type: 'change', area: 'sshKeys', field: 'title', from: 'Laptop', to: 'Old laptop', by: 'you' },
      { act: 'sshKeys.add', subject: 'Laptop', detail: sha256 },
      { type: 'change', field: 'user.firstName', to: 'Changed here', by: 'you' },
      { act: 'account.signIn' },
    ]);
  });

  it('says what was refused and why, without what was typed', async () => {
    const { app, accountId } = desk;
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    const { revision } = sections.contact;
    await app.calls.profile.update({ accountId, contact: { revision, changes: { email: 'no address' } } });
    const [refused] = await list({ area: 'profile' });
    expect(refused).toMatchObject({ act: 'profile.update', outcome: 'refused', refusal: { code: 'invalid-request' } });
    expect(JSON.stringify(await list())).not.toContain('no address');
  });

  it('tells of keys and second factors that came from elsewhere', async () => {
    const other = await desk.openAnother();
    await look();
    await bringKeys(other);
    await look();
    const found = (await notByYou()).map(({ area, subject }) => `${area}: ${subject}`);
    expect(found.toSorted()).toEqual(['apiKey: Robot', 'sessions: Profile Desk', 'sshKeys: Foreign']);
  });

  it('D3 holds no secret, in the list and in the files that are saved of it', async () => {
    const { app, accountId, server } = desk;
    const next = 'another long password, 2026';
    await desk.prove();
    const { newApiKey } = await app.calls.apiKey.generate({ accountId, name: 'Robot', expiresAt: null });
    await app.calls.apiKey.reveal({ accountId }).catch(() => undefined);
    await app.calls.password.change({ accountId, current: server.password, next, endOtherSessions: true });
    const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
    const { revision } = sections.user;
    const key = '-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAABG5vbmU';
    await app.calls.profile.update({ accountId, user: { revision, changes: { company: key } } });
    await look();
    for (const format of ['csv', 'json'] as const) await app.calls.activity.exportEntries({ accountId, format });
    const texts = [JSON.stringify(await list()), ...saved.map((content) => Buffer.from(content).toString())];
    expect(texts.map((text) => [text.includes('apiKey.generate'), text.includes('password.change')])).toEqual(
      Array.from({ length: 3 }, () => [true, true]),
    );
    const secrets = [newApiKey ?? 'no key was made', next, server.password, key, 'b3BlbnNzaC1rZXktdj'];
    const found = secrets.filter((secret) =>
      texts.some((text) => disguisesOf(secret).some((bytes) => Buffer.from(text).includes(bytes))),
    );
    expect(found).toEqual([]);
  });

  it('is there after a restart, in order, and gone with the account', async () => {
    const { accountId } = desk;
    const before = await list();
    await desk.app.close();
    const app = await openApp(join(desk.dataFolder, '0'));
    const page = await app.calls.activity.list({ accountId, before: null, limit: 500, filter: all });
    expect(page.entries.map(({ entry }) => entry)).toEqual(before);
    await app.calls.auth.signOut({ accountId, forget: true });
    const files = await readdir(join(desk.dataFolder, '0'));
    expect(files.filter((name) => name.startsWith('activity'))).toEqual([]);
    await app.close();
  });
});

async function bringKeys({ app, accountId }: Pick<AccountUnderTest, 'app' | 'accountId'>): Promise<void> {
  await app.calls.reauth.prove({ accountId, proof: { kind: 'password', password: desk.server.password } });
  await addSshKey({ app, accountId }, 'Foreign');
  await app.calls.apiKey.generate({ accountId, name: 'Robot', expiresAt: null });
}

async function addSshKey({ app, accountId }: Pick<AccountUnderTest, 'app' | 'accountId'>, title: string) {
  const { batch } = await app.calls.sshKeys.addPublic({ accountId, title, line: makePublicLine() });
  const { snapshot } = await app.calls.sshKeys.add({
    batchId: batch?.batchId ?? '',
    rows: [{ rowId: batch?.rows[0]?.rowId ?? '', title, keepPrivate: false, saidYesTo: 'public-only' }],
  });
  const key = snapshot?.keys.find((each) => each.title === title);
  if (!key) throw new Error('the key was not added');
  return key;
}
