import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openGitea, type GiteaUnderTest } from './gitea-under-test.ts';

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(200)]);

/** A line of type and body, as the app sends it. */
function makeEd25519(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url');
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `ssh-ed25519 ${Buffer.concat([field(Buffer.from('ssh-ed25519')), field(raw)]).toString('base64')}`;
}

/** Pasted alone, nothing shows whose key it is, so the person is asked. */
async function addKey({ app }: GiteaUnderTest, accountId: string, title: string, line: string) {
  const { batch } = await app.calls.sshKeys.addPublic({ accountId, title, line });
  const { results, snapshot } = await app.calls.sshKeys.add({
    batchId: batch!.batchId,
    rows: [{ rowId: batch!.rows[0]!.rowId, title, keepPrivate: false, saidYesTo: 'public-only' }],
  });
  return { error: results[0]!.error, keys: snapshot?.keys ?? [] };
}

describe('R5 the profile at Gitea', () => {
  it('shows what it has in the known fields, and changes the name without touching the rest', async () => {
    const at = await openGitea();
    Object.assign(at.ada.settings, { full_name: 'Ada Lovelace', website: 'https://ada.example', pronouns: 'she' });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { sections } = await at.read(accountId);
    expect(sections.user.values).toMatchObject({ firstName: 'Ada Lovelace', lastName: '', username: 'ada' });
    const page = { kind: 'hand-off', page: new URL(at.target.address).host, comesBack: false };
    expect(sections.user.access).toMatchObject({ lastName: { kind: 'not-offered' }, username: page });
    expect(sections.contact.access).toMatchObject({ email: page, phone: { kind: 'not-offered' } });
    const before = { ...at.ada.settings };
    const user = { revision: sections.user.revision, changes: { firstName: 'Ada King' } };
    const { snapshot, outcomes } = await at.app.calls.profile.update({ accountId, user });
    expect(outcomes).toEqual({ user: { saved: true } });
    expect(snapshot.sections.user.values.firstName).toBe('Ada King');
    expect(at.ada.settings).toEqual({ ...before, full_name: 'Ada King' });
  });

  it('R3 shows and changes what the app has no field of its own for', async () => {
    const at = await openGitea({ flavour: 'forgejo' });
    Object.assign(at.ada.settings, { website: 'https://ada.example', location: 'London', theme: 'dark' });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { more } = (await at.read(accountId)).sections;
    expect(more.fields.map(({ id, kind }) => [id, kind])).toEqual([
      ['pronouns', 'text'],
      ['website', 'link'],
      ['location', 'text'],
      ['description', 'multi-line'],
    ]);
    expect(more.values).toEqual({ pronouns: '', website: 'https://ada.example', location: 'London', description: '' });
    const before = { ...at.ada.settings };
    const update = (changes: Record<string, string>) =>
      at.app.calls.profile.update({ accountId, more: { revision: more.revision, changes } });
    expect((await update({ website: 'ada' })).outcomes.more).toEqual({
      saved: false,
      error: { code: 'invalid-request', fields: { website: { code: 'not-valid' } } },
    });
    expect((await update({ location: 'x'.repeat(51) })).outcomes.more).toMatchObject({
      error: { fields: { location: { code: 'too-long', limit: 50 } } },
    });
    expect((await update({ theme: 'x' })).outcomes.more).toMatchObject({
      error: { fields: { theme: { code: 'locked' } } },
    });
    expect((await update({ location: '', pronouns: 'she' })).outcomes.more).toEqual({ saved: true });
    expect(at.ada.settings).toEqual({ ...before, location: '', pronouns: 'she' });
    expect((await update({ location: 'Paris' })).outcomes.more).toMatchObject({ error: { code: 'conflict' } });
  });

  it('says at the field what Gitea refuses, and notices a change made elsewhere', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { revision } = (await at.read(accountId)).sections.user;
    const update = (firstName: string) =>
      at.app.calls.profile.update({ accountId, user: { revision, changes: { firstName } } });
    expect((await update('x'.repeat(101))).outcomes.user).toEqual({
      saved: false,
      error: { code: 'invalid-request', fields: { firstName: { code: 'too-long', limit: 100 } } },
    });
    at.ada.settings.full_name = 'Changed elsewhere';
    expect((await update('Ada')).outcomes.user).toMatchObject({ saved: false, error: { code: 'conflict' } });
    expect(at.ada.settings.full_name).toBe('Changed elsewhere');
  });

  it('shows, sets and removes the picture, which is fetched without the token', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { avatar } = (await at.read(accountId)).sections;
    // Gitea draws a pattern for whoever has none.
    expect(avatar.values.image).toMatch(/^data:image\/png/);
    const image = `data:image/png;base64,${png.toString('base64')}`;
    const set = await at.app.calls.profile.update({
      accountId,
      avatar: { revision: avatar.revision, changes: { image } },
    });
    expect(set.outcomes).toEqual({ avatar: { saved: true } });
    expect(at.ada.avatar?.equals(png)).toBe(true);
    expect(set.snapshot.sections.avatar.values.image).toBe(image);
    const fetched = at.proxy
      .asked()
      .split(/(?=GET \/)/)
      .filter((request) => request.startsWith('GET /avatars/'));
    expect(fetched.join('')).not.toMatch(/authorization/i);
    const { revision } = set.snapshot.sections.avatar;
    const removed = await at.app.calls.profile.update({ accountId, avatar: { revision, changes: { image: null } } });
    expect(removed.snapshot.sections.avatar.values.image).toBe(avatar.values.image);
    expect(at.ada.avatar).toBeUndefined();
  });
});

describe('R5 E11 SSH keys at Gitea', () => {
  it('are added without a comment, listed, put under another title and removed; nothing renames them', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    const line = makeEd25519();
    const { keys } = await addKey(at, accountId, 'Laptop', `${line} ada@private.example`);
    expect(keys).toMatchObject([{ title: 'Laptop', type: 'ssh-ed25519', lastUsedAt: null, verifiedAt: null }]);
    expect(at.gitea.state.keys[0]?.content).toBe(line);
    expect((await at.app.calls.sshKeys.list({ accountId, from: 'provider' })).canRename).toBe(false);
    await expect(at.app.calls.sshKeys.rename({ accountId, keyId: keys[0]!.id, title: 'Other' })).rejects.toMatchObject({
      code: 'not-offered',
    });
    const replaced = await at.app.calls.sshKeys.replace({ accountId, keyId: keys[0]!.id, title: 'Other' });
    expect(replaced.keys.map(({ title, sha256 }) => [title, sha256])).toEqual([['Other', keys[0]!.sha256]]);
    expect(at.gitea.state.keys.map(({ title, content }) => [title, content])).toEqual([['Other', line]]);
    expect((await at.app.calls.sshKeys.remove({ accountId, keyId: replaced.keys[0]!.id })).keys).toEqual([]);
    expect(at.gitea.state.keys).toEqual([]);
  });

  it('are read to the last page, also where it gives fewer than asked for', async () => {
    const at = await openGitea({ maxPageSize: 20 });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const created = new Date();
    for (let id = 1_000; id < 2_003; id += 1) {
      const [content, title] = [`${makeEd25519()} somebody@example.org`, `Key ${id}`];
      const rest = { owner: at.ada, fingerprint: String(id), created, lastUsed: created };
      at.gitea.state.keys.push({ id, title, content, ...rest, verified: false, isExternal: false });
    }
    const { keys } = await at.app.calls.sshKeys.list({ accountId, from: 'provider' });
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1_003);
  });

  it('are refused as used, and whether by the person or by somebody else is told apart', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    const [mine, others] = [makeEd25519(), makeEd25519()];
    await addKey(at, accountId, 'Laptop', mine);
    const asBo = `token ${at.gitea.addToken(at.bo, 'of bo', ['write:user'])}`;
    await fetch(`${at.gitea.address}/api/v1/user/keys`, {
      method: 'POST',
      headers: { authorization: asBo },
      body: JSON.stringify({ title: 'Of Bo', key: others }),
    });
    const codeOf = async (title: string, line: string) => (await addKey(at, accountId, title, line)).error?.fields;
    expect(await codeOf('Again', others)).toEqual({ publicKey: { code: 'taken' } });
    expect(await codeOf('Laptop', makeEd25519())).toEqual({ title: { code: 'duplicate' } });
    // Another client added it since the list was read.
    expect(await codeOf('Twice', mine)).toEqual({ publicKey: { code: 'duplicate' } });
  });

  it('K4 are refused as too short with the bits that this instance wants', async () => {
    const at = await openGitea({ rsaBits: 4_096 });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { n, e } = generateKeyPairSync('rsa', { modulusLength: 3_072 }).publicKey.export({ format: 'jwk' });
    // An integer above zero begins with a byte below 128 (RFC 4251, 5).
    const numbers = [e!, n!].map((each) => Buffer.concat([Buffer.from([0]), Buffer.from(each, 'base64url')]));
    const [exponent, modulus] = [numbers[0]!.subarray(1), numbers[1]!];
    const field = (bytes: Buffer) => Buffer.concat([Buffer.from(Uint32Array.of(bytes.length).buffer).reverse(), bytes]);
    const blob = Buffer.concat([Buffer.from('ssh-rsa'), exponent, modulus].map(field));
    const { error } = await addKey(at, accountId, 'Old', `ssh-rsa ${blob.toString('base64')}`);
    expect(error).toEqual({
      code: 'invalid-request',
      fields: { publicKey: { code: 'too-short', limit: 4_096 } },
    });
  });

  it('stay readable where the administrator manages them', async () => {
    const at = await openGitea({ keysAreManaged: true });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { error } = await addKey(at, accountId, 'Laptop', makeEd25519());
    expect(error).toEqual({ code: 'forbidden' });
    expect((await at.app.calls.sshKeys.list({ accountId, from: 'provider' })).keys).toEqual([]);
  });
});

describe('R1 R5 what Gitea does on its pages', () => {
  it.each([
    ['password.change', '/user/settings/account'],
    ['mfa.enrol', '/user/settings/security'],
    ['accessKeys.create', '/user/settings/applications'],
    ['deletion.remove', '/user/settings/account'],
  ] as const)('%s opens %s', async (operation, path) => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { attempt, comesBack, isUntold } = await at.app.calls.handOff.begin({ accountId, operation });
    expect([at.opened.map(String), comesBack]).toEqual([[at.target.address + path], false]);
    expect(isUntold, 'whether Gitea tells of it').toBe(operation === 'deletion.remove' ? undefined : true);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
  });

  it('claims nothing of second factors, of which Gitea tells nobody', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    expect(await at.app.calls.mfa.status({ accountId })).toMatchObject({ isUntold: true, isOn: false, offers: [] });
  });

  it('notices a new primary e-mail address', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { attempt } = await at.app.calls.handOff.begin({ accountId, operation: 'email.change' });
    at.ada.emails[0]!.primary = false;
    at.ada.emails.push({ email: 'new@example.org', verified: true, primary: true });
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
  });
});
