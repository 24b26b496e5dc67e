import { describe, expect, it } from 'vitest';
import { makePublicLine } from '../support/make-public-line.ts';
import { everyScope, openGithub, type GithubUnderTest } from './github-under-test.ts';

async function signedIn(at: GithubUnderTest) {
  const accountId = await at.signIn(at.github.addToken(at.ada, everyScope));
  return { accountId, calls: at.app.calls };
}

describe('R3 R6 the profile at GitHub', () => {
  it('has one name, the company, and fields of its own; only what changed is sent', async () => {
    const at = await openGithub();
    Object.assign(at.ada.profile, { name: 'Ada', company: 'Analytical', blog: 'https://ada.example', hireable: true });
    const { accountId, calls } = await signedIn(at);
    const { sections } = await at.read(accountId);
    expect(sections.user.values).toMatchObject({
      firstName: 'Ada',
      lastName: '',
      username: 'ada',
      company: 'Analytical',
    });
    expect(sections.more.values).toEqual({
      ...{ website: 'https://ada.example', location: '', bio: '', twitter_username: '', hireable: 'true' },
    });
    const { outcomes, snapshot } = await calls.profile.update({
      accountId,
      user: { revision: sections.user.revision, changes: { company: 'Engines' } },
      more: { revision: sections.more.revision, changes: { bio: 'Counts.', hireable: 'false' } },
    });
    expect(outcomes).toEqual({ user: { saved: true }, more: { saved: true } });
    expect(at.ada.profile).toMatchObject({ name: 'Ada', company: 'Engines', bio: 'Counts.', hireable: false });
    expect(snapshot.sections.more.values).toMatchObject({ bio: 'Counts.', hireable: 'false' });
  });

  it('says at the field what was refused there', async () => {
    const at = await openGithub();
    const { accountId, calls } = await signedIn(at);
    const { sections } = await at.read(accountId);
    const more = { revision: sections.more.revision, changes: { bio: 'x'.repeat(161) } };
    const { outcomes } = await calls.profile.update({ accountId, more });
    expect(outcomes.more).toEqual({
      saved: false,
      error: { code: 'invalid-request', fields: { bio: { code: 'too-long', limit: 160 } } },
    });
  });

  it('E4 says whether the second factor is on, and that nobody is told which', async () => {
    const at = await openGithub();
    at.ada.twoFactor = true;
    const { accountId, calls } = await signedIn(at);
    expect(await calls.mfa.status({ accountId })).toMatchObject({ isOn: true, devices: [] });
    await at.signIn(at.github.addToken(at.bo, ['user:email']));
    const { accounts } = await calls.accounts.list();
    const other = accounts.find(({ id }) => id !== accountId)!;
    expect(await calls.mfa.status({ accountId: other.id })).toMatchObject({ isUntold: true });
  });
});

describe('R5 R6 the addresses at GitHub', () => {
  it('are read to the end, 250 of them', async () => {
    const at = await openGithub();
    const more = Array.from({ length: 249 }, (_, index) => ({
      ...{ email: `ada-${String(index)}@example.org`, verified: true, primary: false },
    }));
    at.ada.emails = [...more, ...at.ada.emails];
    const { accountId, calls } = await signedIn(at);
    const { emails, sendsMail } = await calls.emails.list({ accountId, from: 'provider' });
    expect([emails.length, emails[0]?.email, sendsMail]).toEqual([250, 'ada@example.org', true]);
  });

  it('one of somebody else is taken, and one that is none is said to be none', async () => {
    const at = await openGithub();
    const { accountId, calls } = await signedIn(at);
    const add = (email: string) => calls.emails.add({ accountId, email });
    await expect(add('bo@example.org')).rejects.toMatchObject({ details: { fields: { email: { code: 'taken' } } } });
    await expect(add('bo@example')).rejects.toMatchObject({ details: { fields: { email: { code: 'not-an-email' } } } });
  });
});

describe('R1 R5 the page of addresses at GitHub', () => {
  it('opens also for a token that may not see them: what became of it is told to nobody then', async () => {
    const at = await openGithub();
    const accountId = await at.signIn(at.github.addToken(at.ada, ['read:public_key']));
    const begun = await at.app.calls.handOff.begin({ accountId, operation: 'email.change' });
    expect([begun.isUntold, at.opened.at(-1)?.pathname]).toEqual([true, '/settings/emails']);
  });
});

describe('E11 R6 the two lists of SSH keys at GitHub', () => {
  /** As a person adds one that is not known to be their own. */
  async function add(
    at: GithubUnderTest,
    accountId: string,
    line: string,
    usage?: 'authentication' | 'signing' | 'both',
  ) {
    const { sshKeys } = at.app.calls;
    const { batch } = await sshKeys.addPublic({ accountId, title: 'Laptop', line });
    const rows = [
      { rowId: batch!.rows[0]!.rowId, title: 'Laptop', keepPrivate: false, saidYesTo: 'public-only' as const },
    ];
    return sshKeys.add({ batchId: batch!.batchId, rows, ...(usage && { usage }) });
  }

  it('a key is added to the one for signing in, to the other, or to both, and shown once', async () => {
    const at = await openGithub();
    const { accountId, calls } = await signedIn(at);
    const lines = [makePublicLine(), makePublicLine(), makePublicLine()] as const;
    await add(at, accountId, lines[0]);
    await add(at, accountId, lines[1], 'signing');
    const { snapshot } = await add(at, accountId, lines[2], 'both');
    expect(at.github.state.keys.map(({ list, line }) => [list, lines.indexOf(line)])).toEqual([
      ['keys', 0],
      ['ssh_signing_keys', 1],
      ['keys', 2],
      ['ssh_signing_keys', 2],
    ]);
    expect(snapshot?.keys.map(({ usage }) => usage).toSorted()).toEqual(['authentication', 'both', 'signing']);
    expect(snapshot).toMatchObject({ usages: ['authentication', 'signing', 'both'], canRename: false });
    const both = snapshot!.keys.find(({ usage }) => usage === 'both')!;
    await calls.sshKeys.remove({ accountId, keyId: both.id });
    expect(at.github.state.keys).toHaveLength(2);
    await at.restart();
    const kept = await at.app.calls.sshKeys.list({ accountId, from: 'cache' });
    expect(kept.keys.map(({ usage }) => usage).toSorted()).toEqual(['authentication', 'signing']);
  });

  it('a key of one list can be added to the other, and not to its own once more', async () => {
    const at = await openGithub();
    const { accountId } = await signedIn(at);
    const line = makePublicLine();
    await add(at, accountId, line);
    const again = await add(at, accountId, line);
    expect(again.results).toMatchObject([{ error: { fields: { publicKey: { code: 'duplicate' } } } }]);
    const { results, snapshot } = await add(at, accountId, line, 'both');
    expect(results).toMatchObject([{ error: null }]);
    expect(snapshot?.keys.map(({ usage }) => usage)).toEqual(['both']);
    const { batch } = await at.app.calls.sshKeys.addPublic({ accountId, title: 'Laptop', line });
    expect(batch?.rows[0]?.duplicateOf, 'now it is in all there are').toMatchObject({ accountId });
  });

  it('a key of both gets another title in both', async () => {
    const at = await openGithub();
    const { accountId, calls } = await signedIn(at);
    const { snapshot } = await add(at, accountId, makePublicLine(), 'both');
    const [key] = snapshot!.keys;
    await calls.sshKeys.replace({ accountId, keyId: key!.id, title: 'Desk' });
    expect(at.github.state.keys.map(({ list, title }) => [list, title])).toEqual([
      ['keys', 'Desk'],
      ['ssh_signing_keys', 'Desk'],
    ]);
  });

  it('a key of both stays in both where the token may remove it from one alone', async () => {
    const at = await openGithub();
    const accountId = await at.signIn(at.github.addToken(at.ada, ['admin:public_key', 'write:ssh_signing_key']));
    const { sshKeys } = at.app.calls;
    const { snapshot } = await add(at, accountId, makePublicLine(), 'both');
    const keyId = snapshot!.keys[0]!.id;
    const refused = { code: 'forbidden', details: { permission: 'admin:ssh_signing_key' } };
    await expect(sshKeys.replace({ accountId, keyId, title: 'Desk' })).rejects.toMatchObject(refused);
    expect(at.github.state.keys.map(({ list, title }) => [list, title])).toEqual([
      ['keys', 'Laptop'],
      ['ssh_signing_keys', 'Laptop'],
    ]);
  });

  it('K4 one of somebody else is taken', async () => {
    const at = await openGithub();
    const { accountId } = await signedIn(at);
    const line = makePublicLine();
    const of = { title: 'x', created: new Date(), lastUsed: null };
    at.github.state.keys.push({ id: 1, list: 'keys', owner: at.bo, line, ...of });
    const { results } = await add(at, accountId, line);
    expect(results).toMatchObject([{ error: { fields: { publicKey: { code: 'taken' } } } }]);
  });

  it('K7 all of 1,000 are read', async () => {
    const at = await openGithub();
    const { accountId, calls } = await signedIn(at);
    for (let id = 1; id <= 1_000; id += 1) {
      const of = { title: `key ${String(id)}`, created: new Date(id), lastUsed: null };
      at.github.state.keys.push({ id, list: 'keys', owner: at.ada, line: makePublicLine(), ...of });
    }
    const { keys } = await calls.sshKeys.list({ accountId, from: 'provider' });
    expect([keys.length, keys[0]?.title]).toEqual([1_000, 'key 1000']);
  });
});
