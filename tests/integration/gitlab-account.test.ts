import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openGitlab, type GitlabUnderTest } from './gitlab-under-test.ts';

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(200)]);
const dataUrl = `data:image/png;base64,${png.toString('base64')}`;

/** A line of type and body, as the app sends it. */
function makeEd25519(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url');
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `ssh-ed25519 ${Buffer.concat([field(Buffer.from('ssh-ed25519')), field(raw)]).toString('base64')}`;
}

/** Pasted alone, nothing shows whose key it is, so the person is asked. */
async function addKey({ app }: GitlabUnderTest, accountId: string, title: string, line: string) {
  const { batch } = await app.calls.sshKeys.addPublic({ accountId, title, line });
  const { results, snapshot } = await app.calls.sshKeys.add({
    batchId: batch!.batchId,
    rows: [{ rowId: batch!.rows[0]!.rowId, title, keepPrivate: false, saidYesTo: 'public-only' }],
  });
  return { error: results[0]!.error, keys: snapshot?.keys ?? [] };
}

describe('R7 the profile at GitLab', () => {
  it('shows what it has in the known fields, which a page of it changes', async () => {
    const at = await openGitlab();
    at.ada.name = 'Ada Lovelace';
    Object.assign(at.ada.details, { organization: 'Analytical', bio: 'Numbers', website_url: 'https://ada.example' });
    const accountId = await at.signIn(at.makeToken('api'));
    const { sections } = await at.read(accountId);
    const values = { firstName: 'Ada Lovelace', lastName: '', username: 'ada', company: 'Analytical' };
    expect(sections.user.values).toMatchObject(values);
    const page = { kind: 'hand-off', page: new URL(at.target.address).host, comesBack: false };
    expect(sections.user.access).toMatchObject({ firstName: page, username: page, lastName: { kind: 'not-offered' } });
    expect(sections.contact.access).toMatchObject({ email: page, phone: { kind: 'not-offered' } });
    expect(sections.more.values).toMatchObject({ description: 'Numbers', website: 'https://ada.example' });
    expect(sections.more.access).toMatchObject({ description: page, status: { kind: 'editable' } });
    const user = { revision: sections.user.revision, changes: { firstName: 'Ada King' } };
    expect((await at.app.calls.profile.update({ accountId, user })).outcomes.user).toMatchObject({ saved: false });
  });

  it('R3 changes status and preferences, each without touching the rest', async () => {
    const at = await openGitlab();
    at.ada.status = { ...at.ada.status, emoji: 'coffee', message: 'At lunch', clear_status_at: new Date('2030-01-01') };
    const accountId = await at.signIn(at.makeToken('api'));
    const { revision, values } = (await at.read(accountId)).sections.more;
    expect(values).toMatchObject({
      status: 'At lunch',
      busy: 'false',
      diffsFileByFile: 'false',
      diffsWhitespace: 'true',
    });
    const update = (changes: Record<string, string>) =>
      at.app.calls.profile.update({ accountId, more: { revision, changes } });
    expect((await update({ status: 'x'.repeat(101) })).outcomes.more).toMatchObject({
      error: { fields: { status: { code: 'too-long', limit: 100 } } },
    });
    expect((await update({ pronouns: 'she' })).outcomes.more).toMatchObject({
      error: { fields: { pronouns: { code: 'locked' } } },
    });
    const before = { ...at.ada.status };
    expect((await update({ status: 'Back', diffsFileByFile: 'true' })).outcomes.more).toEqual({ saved: true });
    expect(at.ada.status).toEqual({ ...before, message: 'Back' });
    expect(at.ada.preferences).toMatchObject({ view_diffs_file_by_file: true, show_whitespace_in_diffs: true });
    expect((await update({ busy: 'true' })).outcomes.more).toMatchObject({ error: { code: 'conflict' } });
  });

  it('changes the picture, which a page takes away, and shows the one at the instance itself alone', async () => {
    const at = await openGitlab({ root: '/gitlab' });
    const accountId = await at.signIn(at.makeToken('api'));
    const { avatar } = (await at.read(accountId)).sections;
    expect(avatar.values.image, 'a pattern that lies elsewhere').toBeNull();
    const update = (image: string | null, revision = avatar.revision) =>
      at.app.calls.profile.update({ accountId, avatar: { revision, changes: { image } } });
    const { outcomes, snapshot } = await update(dataUrl);
    expect([outcomes.avatar, snapshot.sections.avatar.values.image]).toEqual([{ saved: true }, dataUrl]);
    expect(at.ada.avatar).toEqual(png);
    const now = snapshot.sections.avatar.revision;
    expect((await update(null, now)).outcomes.avatar).toMatchObject({ saved: false, error: { code: 'not-offered' } });
    const { attempt } = await at.app.calls.handOff.begin({ accountId, operation: 'avatar.remove' });
    at.ada.avatar = undefined;
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
  });

  it('before 17.0 leaves the picture to a page', async () => {
    const at = await openGitlab({ version: '16.11.4-ee' });
    const accountId = await at.signIn(at.makeToken('api'));
    const page = { kind: 'hand-off', page: new URL(at.target.address).host, comesBack: false };
    const { operations, sections } = await at.read(accountId);
    expect([operations['avatar.change'], sections.avatar.access.image]).toEqual([page, page]);
  });
});

describe('R7 e-mail addresses at GitLab', () => {
  it('are listed with the primary one, which has to stay, and say what is to be done with each', async () => {
    const at = await openGitlab();
    at.ada.emails.push({ id: 7, email: 'old@example.org', confirmedAt: new Date() });
    at.ada.emails.push({ id: 8, email: 'new@example.org', confirmedAt: null });
    const accountId = await at.signIn(at.makeToken('api'));
    const { emails, sendsMail } = await at.app.calls.emails.list({ accountId, from: 'provider' });
    expect(emails.map(({ email, isPrimary, isVerified, acts }) => [email, isPrimary, isVerified, acts])).toEqual([
      ['ada@example.org', true, true, []],
      ['new@example.org', false, false, ['sendVerification', 'remove']],
      ['old@example.org', false, true, ['makePrimary', 'remove']],
    ]);
    expect(sendsMail).toBe(true);
  });

  it('are refused as used by somebody else, and as none', async () => {
    const at = await openGitlab();
    const accountId = await at.signIn(at.makeToken('api'));
    const codeOf = (email: string) =>
      at.app.calls.emails.add({ accountId, email }).then(
        () => 'added',
        (error: unknown) => (error as { details: { fields: { email: { code: string } } } }).details.fields.email.code,
      );
    expect([await codeOf('bo@example.org'), await codeOf('me@localhost@x')]).toEqual(['taken', 'not-an-email']);
  });
});

describe('R7 E11 SSH keys at GitLab', () => {
  it('are added without a comment, listed without the name that GitLab puts there, and removed', async () => {
    const at = await openGitlab();
    const accountId = await at.signIn(at.makeToken('api'));
    const line = makeEd25519();
    const { keys } = await addKey(at, accountId, 'Laptop', `${line} ada@private.example`);
    expect(keys).toMatchObject([{ title: 'Laptop', type: 'ssh-ed25519', lastUsedAt: null, verifiedAt: null }]);
    expect(at.gitlab.state.keys[0]?.line).toBe(line);
    const details = await at.app.calls.sshKeys.details({ accountId, keyId: keys[0]!.id });
    expect(details.publicLine).not.toContain('ada (');
    expect((await at.app.calls.sshKeys.remove({ accountId, keyId: keys[0]!.id })).keys).toEqual([]);
    expect(at.gitlab.state.keys).toEqual([]);
  });

  it('R7 are for signing in, for signing or both, and end on a day', async () => {
    const at = await openGitlab();
    const accountId = await at.signIn(at.makeToken('api'));
    const { usages, canExpire } = await at.app.calls.sshKeys.list({ accountId, from: 'provider' });
    expect([usages, canExpire]).toEqual([['both', 'authentication', 'signing'], true]);
    const expiresAt = '2099-05-01T21:59:59.000Z';
    const { batch } = await at.app.calls.sshKeys.addPublic({ accountId, title: 'Sign', line: makeEd25519() });
    const rows = [
      { rowId: batch!.rows[0]!.rowId, title: 'Sign', keepPrivate: false, saidYesTo: 'public-only' as const },
    ];
    const { snapshot } = await at.app.calls.sshKeys.add({ batchId: batch!.batchId, rows, usage: 'signing', expiresAt });
    // It works to the end of the day that was chosen.
    expect(snapshot!.keys).toMatchObject([{ usage: 'signing', expiresAt: '2099-05-02T00:00:00.000Z' }]);
    expect(at.gitlab.state.keys[0]).toMatchObject({ usage: 'signing' });
    await at.restart();
    const cached = await at.app.calls.sshKeys.list({ accountId, from: 'cache' });
    expect(cached.keys).toMatchObject([{ usage: 'signing', expiresAt: '2099-05-02T00:00:00.000Z' }]);
  });

  it('before 15.7 are not told apart', async () => {
    const at = await openGitlab({ version: '15.6.0' });
    const accountId = await at.signIn(at.makeToken('api'));
    const { keys } = await addKey(at, accountId, 'Laptop', makeEd25519());
    expect(keys[0]).not.toHaveProperty('usage');
    expect(await at.app.calls.sshKeys.list({ accountId, from: 'provider' })).not.toHaveProperty('usages');
  });

  it.each([[{ maxPageSize: 20 }], [{ maxPageSize: 20, hidesTotals: true }]])(
    'are read to the last page: %j',
    async (options) => {
      const at = await openGitlab(options);
      const accountId = await at.signIn(at.makeToken('api'));
      for (let id = 1_000; id < 1_053; id += 1) {
        const rest = { usage: 'auth' as const, created: new Date(), expiresAt: null };
        at.gitlab.state.keys.push({ id, owner: at.ada, title: `Key ${id}`, line: makeEd25519(), ...rest });
      }
      const { keys } = await at.app.calls.sshKeys.list({ accountId, from: 'provider' });
      expect(new Set(keys.map(({ id }) => id)).size).toBe(53);
    },
  );

  it.each(['14.10.0', '18.5.0'])('at %s are refused as used, by the person or by somebody else', async (version) => {
    const at = await openGitlab({ version });
    const accountId = await at.signIn(at.makeToken('api'));
    const [mine, others] = [makeEd25519(), makeEd25519()];
    await addKey(at, accountId, 'Laptop', mine);
    const rest = { usage: 'auth' as const, created: new Date(), expiresAt: null };
    at.gitlab.state.keys.push({ id: 999, owner: at.bo, title: 'Of Bo', line: others, ...rest });
    const codeOf = async (title: string, line: string) => (await addKey(at, accountId, title, line)).error?.fields;
    expect(await codeOf('Again', others)).toEqual({ publicKey: { code: 'taken' } });
    // Another client added it since the list was read.
    expect(await codeOf('Twice', mine)).toEqual({ publicKey: { code: 'duplicate' } });
  });
});

describe('R1 R7 what GitLab does on its pages', () => {
  it.each([
    ['profile.update', '/-/user_settings/profile', undefined],
    ['password.change', '/-/user_settings/password/edit', true],
    ['mfa.enrol', '/-/profile/two_factor_auth', undefined],
    ['recoveryCodes.renew', '/-/profile/two_factor_auth', true],
    ['sessions.close', '/-/user_settings/active_sessions', true],
    ['emails.makePrimary', '/-/profile/emails', undefined],
    ['deletion.remove', '/-/profile/account', undefined],
  ] as const)('%s opens %s', async (operation, path, untold) => {
    const at = await openGitlab({ root: '/gitlab' });
    const accountId = await at.signIn(at.makeToken('api'));
    const { attempt, comesBack, isUntold } = await at.app.calls.handOff.begin({ accountId, operation });
    expect([at.opened.map(String), comesBack]).toEqual([[at.target.address + path], false]);
    expect(isUntold, 'whether GitLab tells of it').toBe(untold);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
  });

  it('is noticed where GitLab tells of it: the second factor, the name, the primary address', async () => {
    const at = await openGitlab();
    const accountId = await at.signIn(at.makeToken('api'));
    const changes = {
      'mfa.enrol': () => (at.ada.hasSecondFactor = true),
      'profile.update': () => (at.ada.name = 'Ada King'),
      'email.change': () => (at.ada.email = 'moved@example.org'),
    };
    for (const [operation, change] of Object.entries(changes)) {
      const { attempt } = await at.app.calls.handOff.begin({ accountId, operation: operation as 'mfa.enrol' });
      change();
      expect(await at.app.calls.handOff.check({ attempt }), operation).toEqual({ outcome: 'done' });
    }
    expect(await at.app.calls.mfa.status({ accountId })).toMatchObject({ isOn: true, devices: [] });
  });

  it('C3 shows the linked identities', async () => {
    const at = await openGitlab();
    at.ada.identities.push({ provider: 'google_oauth2', extern_uid: '123' });
    const accountId = await at.signIn(at.makeToken('api'));
    const { linkedAccounts, providers } = await at.app.calls.linkedAccounts.get({ accountId });
    expect([linkedAccounts, providers]).toMatchObject([
      [{ provider: 'google_oauth2', label: '123', addedAt: null }],
      [],
    ]);
  });
});
