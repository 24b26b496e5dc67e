import { describe, expect, it } from 'vitest';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { readFileSync } from 'node:fs';
import { openGitlab, type GitlabUnderTest } from './gitlab-under-test.ts';

const day = 86_400_000;
const dateIn = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

/** Signed in with a token of its own, beside one of a program. */
async function open(...given: Parameters<typeof openGitlab>) {
  const at = await openGitlab(...given);
  const accountId = await at.signIn(at.makeToken('api'));
  at.gitlab.addToken(at.ada, 'Nightly', ['read_api', 'read_repository'], dateIn(20));
  const list = () => at.app.calls.accessKeys.list({ accountId, from: 'provider' });
  const idOf = async (name: string) => (await list()).keys.find((key) => key.name === name)!.id;
  return { ...at, at, accountId, list, idOf };
}

const statusOf = async ({ gitlab }: GitlabUnderTest, token: string) =>
  (await fetch(`${gitlab.address}/api/v4/personal_access_tokens/self`, { headers: { 'private-token': token } })).status;

describe('R7 E7 access tokens at GitLab', () => {
  it('are listed with scopes and end, those that are over left out, and the one in use here is told', async () => {
    const { at, list } = await open();
    at.gitlab.addToken(at.ada, 'Over', ['api'], '2020-01-01');
    at.gitlab.addToken(at.bo, 'Of Bo', ['api']);
    const { keys, form, acts, offers, access } = await list();
    expect([form, acts, offers, access]).toEqual(['token', ['rotate', 'remove'], ['expiry'], { kind: 'editable' }]);
    expect(keys.map(({ name, scopes, isOwn = false }) => [name, scopes, isOwn])).toEqual(
      expect.arrayContaining([
        ['Nightly', ['read_api', 'read_repository'], false],
        ['token 1', ['api'], true],
      ]),
    );
    expect([keys.length, keys.find(({ name }) => name === 'Nightly')?.expiresAt]).toEqual([
      2,
      `${dateIn(20)}T00:00:00.000Z`,
    ]);
  });

  it('are the own ones of an administrator too, who could see and revoke those of everybody', async () => {
    const { at, accountId, list } = await open();
    at.ada.isAdministrator = true;
    at.gitlab.addToken(at.bo, 'Of Bo', ['api']);
    const ofBo = at.gitlab.state.tokens.at(-1)!;
    expect((await list()).keys.map(({ name }) => name)).not.toContain('Of Bo');
    const keyId = String(ofBo.id);
    await expect(at.app.calls.accessKeys.rotate({ accountId, keyId, expiresAt: null })).rejects.toMatchObject({
      code: 'not-found',
    });
    await at.app.calls.accessKeys.remove({ accountId, keyId });
    expect(ofBo.isRevoked).toBe(false);
  });

  it('are exchanged: the new one is held and tried, saved alone, and the old one is void', async () => {
    using home = makeTempFolder();
    const { at, accountId, idOf } = await open({}, { filePicker: createDownloadsFilePicker({ HOME: home.path }) });
    const { accessKeys } = at.app.calls;
    const old = at.gitlab.state.tokens.at(-1)!;
    const expiresAt = new Date((Math.floor(Date.now() / day) + 40.5) * day).toISOString();
    const { newKey, snapshot } = await accessKeys.rotate({ accountId, keyId: await idOf('Nightly'), expiresAt });
    expect([await statusOf(at, old.value), await statusOf(at, newKey!.secretKey)]).toEqual([401, 200]);
    expect(snapshot.pendingSecret?.keyId).toBe(newKey!.keyId);
    const rotated = snapshot.keys.find(({ id }) => id === newKey!.keyId);
    // It works until the chosen moment at least: an end is a day there.
    expect(rotated).toMatchObject({ name: 'Nightly', expiresAt: `${dateIn(41)}T00:00:00.000Z` });
    expect((await accessKeys.test({ accountId })).isAccepted).toBe(true);
    const { file } = await accessKeys.save({ accountId });
    const text = readFileSync(file!, 'utf8');
    expect([text.includes(newKey!.secretKey), text.includes(`: ${newKey!.keyId}`)]).toEqual([true, false]);
    await accessKeys.finish({ accountId });
    expect(await accessKeys.resume({ accountId })).toEqual({ newKey: null });
  });

  it('say at the field what is wrong with an end, and leave the old one alone', async () => {
    const { at, accountId, idOf } = await open();
    const expiresAt = new Date(Date.now() + 500 * day).toISOString();
    const keyId = await idOf('Nightly');
    await expect(at.app.calls.accessKeys.rotate({ accountId, keyId, expiresAt })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { expiresAt: { code: 'not-valid' } } },
    });
    expect(at.gitlab.state.tokens.at(-1)!.isRevoked).toBe(false);
  });

  it('are never exchanged once they are void: GitLab would end all that came of them', async () => {
    const { at, accountId, idOf } = await open();
    const keyId = await idOf('Nightly');
    const { value } = at.gitlab.state.tokens.at(-1)!;
    await at.app.calls.accessKeys.rotate({ accountId, keyId, expiresAt: null });
    const next = at.gitlab.state.tokens.at(-1)!;
    expect(next.value).not.toBe(value);
    await expect(at.app.calls.accessKeys.rotate({ accountId, keyId, expiresAt: null })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(next.isRevoked).toBe(false);
  });

  it('are revoked; one that is gone already counts as deleted, and the session goes on', async () => {
    const { at, accountId, idOf } = await open();
    const keyId = await idOf('Nightly');
    const { keys } = await at.app.calls.accessKeys.remove({ accountId, keyId });
    expect(keys.map(({ name }) => name)).toEqual(['token 1']);
    expect(at.gitlab.state.tokens.at(-1)!.isRevoked).toBe(true);
    await at.app.calls.accessKeys.remove({ accountId, keyId });
    expect((await at.app.calls.accounts.list()).accounts[0]?.state).toMatchObject({ kind: 'online' });
  });

  it('are neither exchanged nor revoked again where somebody else did that meanwhile', async () => {
    const { at, accountId, idOf } = await open();
    const [own, old] = at.gitlab.state.tokens;
    const keyId = await idOf('Nightly');
    const headers = { 'private-token': own!.value };
    const elsewhere = `${at.gitlab.address}/api/v4/personal_access_tokens/${keyId}/rotate`;
    expect((await fetch(elsewhere, { method: 'POST', headers })).ok).toBe(true);
    const next = at.gitlab.state.tokens.at(-1)!;
    await expect(at.app.calls.accessKeys.rotate({ accountId, keyId, expiresAt: null })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect([old!.isRevoked, next.isRevoked]).toEqual([true, false]);
    const { keys } = await at.app.calls.accessKeys.remove({ accountId, keyId });
    expect(keys.map(({ id }) => id)).not.toContain(keyId);
    expect((await at.app.calls.accounts.list()).accounts[0]?.state).toMatchObject({ kind: 'online' });
  });

  it('are made on its page, where a new one is noticed', async () => {
    const { at, accountId } = await open();
    const { attempt } = await at.app.calls.handOff.begin({ accountId, operation: 'accessKeys.create' });
    expect(at.opened.at(-1)?.pathname).toBe('/-/user_settings/personal_access_tokens');
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
    at.gitlab.addToken(at.ada, 'Made there', ['read_api']);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
  });

  it('are told of with the scope that is missing to see them', async () => {
    const at = await openGitlab();
    const accountId = await at.signIn(at.makeToken('read_user'));
    await expect(at.app.calls.accessKeys.list({ accountId, from: 'provider' })).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: 'read_api' },
    });
  });

  it('before 16.0 are only revoked here', async () => {
    const { at, accountId, list } = await open({ version: '15.11.0' });
    expect((await list()).acts).toEqual(['remove']);
    expect((await at.read(accountId)).operations).not.toHaveProperty('accessKeys.rotate');
  });
});

describe('R7 the token that the app itself is signed in with', () => {
  it('is taken over when it is exchanged here, also after a restart', async () => {
    const { at, accountId, idOf } = await open();
    const own = at.gitlab.state.tokens[0]!;
    const { newKey, snapshot } = await at.app.calls.accessKeys.rotate({
      accountId,
      keyId: await idOf('token 1'),
      expiresAt: null,
    });
    expect(own.isRevoked).toBe(true);
    expect(snapshot.keys.find(({ id }) => id === newKey!.keyId)?.isOwn).toBe(true);
    // GitLab's own choice, and what the reminders go by.
    const tokenEndsAt = `${dateIn(7)}T00:00:00.000Z`;
    expect((await at.app.calls.accounts.list()).accounts).toMatchObject([{ id: accountId, tokenEndsAt }]);
    expect((await at.app.calls.sshKeys.list({ accountId, from: 'provider' })).keys).toEqual([]);
    await at.restart();
    expect(await at.read(accountId)).toMatchObject({ source: 'provider' });
    expect((await at.app.calls.accounts.list()).accounts[0]).toMatchObject({
      isPasted: true,
      tokenEndsAt,
      state: { kind: 'online' },
    });
  });

  it('signs out at once when it is revoked here', async () => {
    const { at, accountId, idOf } = await open();
    await at.app.calls.accessKeys.remove({ accountId, keyId: await idOf('token 1') });
    expect((await at.app.calls.accounts.list()).accounts[0]?.state).toEqual({ kind: 'signed-out', sessionEnded: true });
  });

  it('is none of the list where the person signed in on the page', async () => {
    const at = await openGitlab();
    const accountId = await at.signInByPage();
    at.makeToken('api');
    const { keys } = await at.app.calls.accessKeys.list({ accountId, from: 'provider' });
    expect(keys.map(({ isOwn }) => isOwn)).toEqual([undefined]);
  });
});
