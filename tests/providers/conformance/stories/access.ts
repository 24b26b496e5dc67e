import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'vitest';
import { makePublicLine } from '../../../support/make-public-line.ts';
import type { Desk } from '../desk.ts';
import type { Stories, Story } from './story.ts';

// Who and what gets in: sessions, keys, linked accounts.

async function list({ accountId, app }: Desk) {
  return (await app.calls.sessions.list({ accountId, from: 'provider' })).sessions;
}

const closeSession: Story = async (desk, other) => {
  await desk.prove();
  const open = await list(desk);
  expect(open.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
  const { id } = open[1]!;
  const { results, snapshot } = await desk.app.calls.sessions.close({ accountId: desk.accountId, ids: [id] });
  expect(results).toEqual([{ id, error: null }]);
  expect(snapshot!.sessions.map(({ isCurrent }) => isCurrent)).toEqual([true]);
  expect(await other.isSignedIn()).toBe(false);
};

const closeOthers: Story = async (desk, other) => {
  const third = await desk.connect();
  await desk.prove();
  const { results } = await desk.app.calls.sessions.closeOthers({ accountId: desk.accountId });
  expect(results.map(({ error }) => error)).toEqual([null, null]);
  expect([await other.isSignedIn(), await third.isSignedIn()]).toEqual([false, false]);
  expect((await list(desk)).map(({ isCurrent }) => isCurrent)).toEqual([true]);
};

const generateApiKey: Story = async (desk) => {
  const { accountId, app, world } = desk;
  await desk.prove();
  const { newApiKey } = await app.calls.apiKey.generate({ accountId, name: 'Nightly', expiresAt: null });
  desk.secrets.add(newApiKey!);
  expect(await world.outside.takesApiKey(newApiKey!)).toBe(true);
  await app.calls.apiKey.remove({ accountId });
  expect(await world.outside.takesApiKey(newApiKey!)).toBe(false);
};

const createAccessKey: Story = async (desk) => {
  const { accountId, app, world } = desk;
  await desk.prove();
  const { newKey } = await app.calls.accessKeys.create({ accountId, name: 'Nightly', expiresAt: null });
  const { keyId, secretKey } = newKey!;
  desk.secrets.add(secretKey);
  expect(await world.outside.takesAccessKey(keyId, secretKey)).toBe(true);
  await app.calls.accessKeys.remove({ accountId, keyId });
  expect(await world.outside.takesAccessKey(keyId, secretKey)).toBe(false);
};

/** The one that another program is signed in with, or a new one where those are made here. */
async function findOther({ accountId, app, secrets }: Desk): Promise<string> {
  const { acts, keys } = await app.calls.accessKeys.list({ accountId, from: 'provider' });
  if (!acts.includes('create')) return keys.find(({ isOwn }) => !isOwn)!.id;
  const { newKey } = await app.calls.accessKeys.create({ accountId, name: 'Nightly', expiresAt: null });
  secrets.add(newKey!.secretKey);
  return newKey!.keyId;
}

const rotateAccessKey: Story = async (desk, other) => {
  const { accountId, app, secrets, world } = desk;
  await desk.prove();
  const old = await findOther(desk);
  const { newKey, snapshot } = await app.calls.accessKeys.rotate({ accountId, keyId: old, expiresAt: null });
  secrets.add(newKey!.secretKey);
  expect(await other.isSignedIn()).toBe(false);
  expect(await world.outside.takesAccessKey(newKey!.keyId, newKey!.secretKey)).toBe(true);
  expect((await app.calls.accessKeys.test({ accountId })).isAccepted).toBe(true);
  const ids = snapshot.keys.map(({ id }) => id);
  expect([ids.includes(newKey!.keyId), ids.includes(old)]).toEqual([true, false]);
};

const removeAccessKey: Story = async (desk) => {
  const { accountId, app } = desk;
  await desk.prove();
  const keyId = await findOther(desk);
  expect((await app.calls.accessKeys.remove({ accountId, keyId })).keys.map(({ id }) => id)).not.toContain(keyId);
  const { keys } = await app.calls.accessKeys.list({ accountId, from: 'provider' });
  expect(keys.map(({ id }) => id)).not.toContain(keyId);
};

const addSshKey: Story = async (desk, other) => {
  const { accountId, app } = desk;
  await desk.prove();
  const here = makePublicLine();
  const { batch } = await app.calls.sshKeys.addPublic({ accountId, title: 'Laptop', line: here });
  // Its private half is not here, so the person is asked first.
  const rows = [
    { rowId: batch!.rows[0]!.rowId, title: 'Laptop', keepPrivate: false, saidYesTo: 'public-only' as const },
  ];
  const { results } = await app.calls.sshKeys.add({ batchId: batch!.batchId, rows });
  expect(results).toMatchObject([{ error: null }]);
  expect(await other.listSshKeys()).toEqual([here]);
  await other.addSshKey(makePublicLine());
  const { keys } = await app.calls.sshKeys.list({ accountId, from: 'provider' });
  expect(keys).toHaveLength(2);
};

const removeSshKey: Story = async (desk, other) => {
  const { accountId, app } = desk;
  await desk.prove();
  await other.addSshKey(makePublicLine());
  const { keys } = await app.calls.sshKeys.list({ accountId, from: 'provider' });
  await app.calls.sshKeys.remove({ accountId, keyId: keys[0]!.id });
  expect(await other.listSshKeys()).toEqual([]);
};

/** The private half stays here: what leaves is a signature. */
const verifySshKey: Story = async (desk, other) => {
  const { accountId, app } = desk;
  await desk.prove();
  const pair = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  desk.secrets.add(pair.privateKey);
  const { batch } = await app.calls.sshKeys.importPasted({ accountId, batchId: null, text: pair.privateKey });
  const rows = [{ rowId: batch.rows[0]!.rowId, title: 'Laptop', keepPrivate: true }];
  const { results, snapshot } = await app.calls.sshKeys.add({ batchId: batch.batchId, rows });
  expect(results).toMatchObject([{ error: null, keepError: null }]);
  const [key] = snapshot!.keys;
  expect([key!.verifiedAt, await other.countVerifiedKeys()]).toEqual([null, 0]);
  const { keys } = await app.calls.sshKeys.verify({ accountId, keyId: key!.id });
  expect(keys[0]!.verifiedAt).not.toBeNull();
  expect(await other.countVerifiedKeys()).toBe(1);
};

const link: Story = async (desk, other) => {
  const { accountId, app, world } = desk;
  await world.outside.link(desk);
  const { linkedAccounts } = await app.calls.linkedAccounts.get({ accountId });
  expect([linkedAccounts.length, await other.countLinks()]).toEqual([1, 1]);
};

const unlink: Story = async (desk, other) => {
  const { accountId, app, world } = desk;
  await world.outside.link(desk);
  const [linked] = (await app.calls.linkedAccounts.get({ accountId })).linkedAccounts;
  await app.calls.linkedAccounts.unlink({ accountId, linkedAccountId: linked!.id });
  expect(await other.countLinks()).toBe(0);
};

const withdrawApplication: Story = async (desk, other) => {
  const { accountId, app, world } = desk;
  const id = await world.outside.letApplicationIn(desk.person);
  const find = async () => {
    const { applications } = await app.calls.applications.list({ accountId, from: 'provider' });
    return applications.find((each) => each.id === id);
  };
  const found = await find();
  expect(found).toMatchObject({ canWithdraw: true, isThisApp: false });
  expect(found!.grants.length).toBeGreaterThan(0);
  expect(await other.listApplications()).toContain(id);
  const { applications } = await app.calls.applications.withdraw({ accountId, applicationId: id });
  expect(applications.find((each) => each.id === id)?.canWithdraw ?? false).toBe(false);
  expect(await other.listApplications()).not.toContain(id);
};

export const accessStories: Stories = {
  'sessions.close': closeSession,
  'sessions.closeOthers': closeOthers,
  'apiKey.generate': generateApiKey,
  'accessKeys.create': createAccessKey,
  'accessKeys.rotate': rotateAccessKey,
  'accessKeys.remove': removeAccessKey,
  'sshKeys.add': addSshKey,
  'sshKeys.remove': removeSshKey,
  'sshKeys.verify': verifySshKey,
  'linkedAccounts.link': link,
  'linkedAccounts.unlink': unlink,
  'applications.withdraw': withdrawApplication,
};
