import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProfileUpdate } from '../../shared/contract/account/profile.ts';
import { ada, otto, vera } from '../providers/keycloak/people.ts';
import { openKeycloak, type KeycloakUnderTest } from './keycloak-under-test.ts';

let at: KeycloakUnderTest;
let accountId: string;
beforeEach(async () => {
  at = await openKeycloak();
  accountId = await at.signIn();
});
afterEach(() => expect(at.app.internal).toEqual([]));

const stored = () => at.keycloak.realm.find('ada')!;
const read = () => at.app.calls.profile.get({ accountId, from: 'provider' });
const openToAll = { editsUsername: true, updatesEmailByAction: false };
const needsRole = { kind: 'needs-permission', permission: 'manage-account' };

type Changes = { [S in 'user' | 'contact']?: NonNullable<ProfileUpdate[S]>['changes'] };

/** Of what was read right before, unless `revisions` are older. */
async function update({ user, contact }: Changes, revisions?: Awaited<ReturnType<typeof read>>) {
  const { sections } = revisions ?? (await read());
  return at.app.calls.profile.update({
    accountId,
    ...(user && { user: { revision: sections.user.revision, changes: user } }),
    ...(contact && { contact: { revision: sections.contact.revision, changes: contact } }),
  });
}

const saved = { saved: true };

describe('W4 R4 what a person may change at Keycloak', () => {
  it('is what the realm says of each field', async () => {
    const { sections, operations } = await read();
    const page = new URL(at.keycloak.base).host;
    expect(sections.user.access).toMatchObject({
      firstName: { kind: 'editable' },
      lastName: { kind: 'editable' },
      username: { kind: 'set-by-provider' },
      company: { kind: 'not-offered' },
    });
    expect(sections.contact.access.email).toEqual({ kind: 'hand-off', page, comesBack: true });
    expect(operations).toMatchObject({
      'profile.update': { kind: 'editable' },
      'email.change': { kind: 'hand-off', page, comesBack: true },
    });
  });

  it('is more where the realm allows it', async () => {
    // What the sign-in read is given first.
    await read();
    Object.assign(at.keycloak.realm.switches, openToAll);
    const { sections, operations } = await read();
    expect(sections.user.access.username).toEqual({ kind: 'editable' });
    expect(sections.contact.access.email).toEqual({ kind: 'editable' });
    expect(operations['email.change']).toEqual({ kind: 'editable' });
  });

  it('X6 wants a role, by its name', async () => {
    accountId = await at.signInAfresh(vera);
    const { sections, operations } = await read();
    expect(sections.user.access).toMatchObject({ firstName: needsRole, username: { kind: 'set-by-provider' } });
    expect(operations['profile.update']).toEqual(needsRole);
  });

  it('X6 wants it from the first refusal on where the token names no roles', async () => {
    at.keycloak.realm.switches.hasLightweightTokens = true;
    accountId = await at.signInAfresh(vera);
    const { outcomes, snapshot } = await update({ user: { firstName: 'Vee' } });
    expect(outcomes.user).toEqual({ saved: false, error: { code: 'forbidden', permission: 'manage-account' } });
    expect(snapshot.sections.user.access.firstName).toEqual(needsRole);
  });
});

describe('W2 R4 Update', () => {
  it('saves names, and leaves alone all that is not shown', async () => {
    at.keycloak.realm.switches.keepsUnknownAttributes = true;
    const attributes = { ...ada.attributes, shoe: ['43'], nicknames_before: ['A', 'B'] };
    stored().attributes = attributes;
    const { outcomes, snapshot } = await update({ user: { firstName: 'Adele' } });
    expect(outcomes.user).toEqual(saved);
    expect(snapshot.sections.user.values).toMatchObject({ firstName: 'Adele', lastName: 'Berg' });
    expect(stored()).toMatchObject({ firstName: 'Adele', lastName: 'Berg', email: ada.email, emailVerified: true });
    expect(stored().attributes).toEqual(attributes);
  });

  it('saves two sections of the one record together', async () => {
    Object.assign(at.keycloak.realm.switches, openToAll);
    const { outcomes, snapshot } = await update({
      user: { lastName: 'Berger', username: 'Adele' },
      contact: { email: 'Adele@staff.example' },
    });
    expect(outcomes).toEqual({ user: saved, contact: saved });
    // Keycloak folds both to lower case.
    expect(snapshot.sections.user.values).toMatchObject({ lastName: 'Berger', username: 'adele' });
    expect(snapshot.sections.contact.values.email).toBe('adele@staff.example');
  });

  it('writes nothing over a change that was made elsewhere, and shows it', async () => {
    const before = await read();
    stored().lastName = 'Elsewhere';
    const { outcomes, snapshot } = await update({ user: { firstName: 'Adele' } }, before);
    expect(outcomes.user).toEqual({ saved: false, error: { code: 'conflict' } });
    expect(snapshot.sections.user.values).toMatchObject({ firstName: 'Ada', lastName: 'Elsewhere' });
  });

  it('keeps a change elsewhere that is about something else', async () => {
    const before = await read();
    stored().attributes = { ...stored().attributes, nickname: ['Addie'] };
    expect((await update({ user: { firstName: 'Adele' } }, before)).outcomes.user).toEqual(saved);
    expect(stored().attributes['nickname']).toEqual(['Addie']);
  });

  it.each<[string, Changes, object]>([
    ['too long', { user: { firstName: 'x'.repeat(256) } }, { 'user.firstName': { code: 'too-long', limit: 255 } }],
    ['too short', { user: { username: 'ab' } }, { 'user.username': { code: 'too-short', limit: 3 } }],
    ['far too long', { user: { username: 'x'.repeat(300) } }, { 'user.username': { code: 'too-long', limit: 255 } }],
    [
      'missing',
      { user: { firstName: '', lastName: '' } },
      { 'user.firstName': { code: 'required' }, 'user.lastName': { code: 'required' } },
    ],
    ['with brackets', { user: { lastName: 'A<b>' } }, { 'user.lastName': { code: 'not-valid' } }],
    ['somebody’s username', { user: { username: otto.username } }, { 'user.username': { code: 'taken' } }],
    ['somebody’s e-mail', { contact: { email: otto.email } }, { 'contact.email': { code: 'taken' } }],
    ['no e-mail', { contact: { email: '' } }, { 'contact.email': { code: 'required' } }],
    ['half an e-mail', { contact: { email: 'x' } }, { 'contact.email': { code: 'not-an-email' } }],
    ['not in this service', { contact: { city: 'Graz' } }, { 'contact.city': { code: 'locked' } }],
  ])('says what is wrong with a value: %s', async (_case, changes, fields) => {
    Object.assign(at.keycloak.realm.switches, openToAll);
    const { outcomes } = await update(changes);
    expect(outcomes.user ?? outcomes.contact).toEqual({ saved: false, error: { code: 'invalid-request', fields } });
  });

  it('says that a field is locked where the realm locked it meanwhile', async () => {
    const { outcomes } = await update({ user: { username: 'adele' }, contact: { email: 'adele@staff.example' } });
    expect(outcomes.user).toMatchObject({ error: { fields: { 'user.username': { code: 'locked' } } } });
    expect(outcomes.contact).toMatchObject({ error: { fields: { 'contact.email': { code: 'locked' } } } });
  });
});
