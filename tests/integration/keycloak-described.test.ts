import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DescribedValue } from '../../shared/contract/account/described-fields.ts';
import { ada, vera } from '../providers/keycloak/people.ts';
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
const saved = { saved: true };

async function update(changes: Record<string, DescribedValue>, user?: { firstName: string }) {
  const { sections } = await read();
  const texts = Object.entries(changes).map(([id, value]) => [id, typeof value === 'string' ? value : [...value]]);
  return at.app.calls.profile.update({
    accountId,
    more: { revision: sections.more.revision, changes: Object.fromEntries(texts) as Record<string, string | string[]> },
    ...(user && { user: { revision: sections.user.revision, changes: user } }),
  });
}

describe('R3 choices that are named by texts of the realm', () => {
  const choices = async () => (await read()).sections.more.fields.find(({ id }) => id === 'languages')!.choices;

  it('are called by them as far as there are some, and by themselves beyond that', async () => {
    at.keycloak.realm.texts.set('language.de', 'German').set('language.fr', 'Fran\u202Eçais').set('languages.en', 'No');
    await at.restart();
    expect(await choices()).toEqual([
      { id: 'en', name: 'en' },
      { id: 'de', name: 'German' },
      { id: 'fr', name: 'Fran çais' },
    ]);
  });

  it('are called by themselves where the realm tells no texts', async () => {
    at.keycloak.realm.texts.clear();
    await at.restart();
    expect((await choices()).map(({ name }) => name)).toEqual(['en', 'de', 'fr']);
  });
});

describe('R3 fields that a realm describes', () => {
  it('have names, kinds, choices, limits and groups', async () => {
    const { fields, groups, values, access } = (await read()).sections.more;
    expect(fields.map(({ id, kind, group }) => [id, kind, group])).toEqual([
      ['locale', 'one-of', null],
      ['nickname', 'text', null],
      ['about', 'multi-line', null],
      ['birthdate', 'date', null],
      ['website', 'link', null],
      ['nicknames_before', 'list', null],
      ['department', 'one-of', 'work'],
      ['languages', 'several-of', 'work'],
      ['desk', 'number', 'work'],
      ['badge', 'text', 'work'],
    ]);
    expect(groups).toEqual([{ id: 'work', heading: 'Work', description: 'Where you are found in the house' }]);
    expect(fields.find(({ id }) => id === 'nickname')).toMatchObject({
      label: 'Nickname',
      help: 'What colleagues call you',
      limits: { minLength: 2, maxLength: 20 },
    });
    expect(fields[0]?.choices).toEqual([
      { id: 'de', name: 'Deutsch' },
      { id: 'en', name: 'English' },
    ]);
    expect(values).toMatchObject({
      department: 'research',
      languages: ['en', 'de'],
      website: '',
      nicknames_before: [],
    });
    expect(access).toMatchObject({ department: { kind: 'editable' }, badge: { kind: 'set-by-provider' } });
  });

  it('are known fields where the app has one', async () => {
    const { contact } = (await read()).sections;
    expect([contact.values.phone, contact.access.phone]).toEqual(['+43 1 5550 100', { kind: 'editable' }]);
    const change = { revision: contact.revision, changes: { phone: '0664' } };
    const { outcomes } = await at.app.calls.profile.update({ accountId, contact: change });
    const text = 'A number begins with + and the country';
    expect(outcomes.contact).toMatchObject({ error: { fields: { 'contact.phone': { code: 'not-valid', text } } } });
  });

  it('X6 want a role', async () => {
    accountId = await at.signInAfresh(vera);
    const { access } = (await read()).sections.more;
    expect(access['department']).toEqual({ kind: 'needs-permission', permission: 'manage-account' });
    expect(access['badge']).toEqual({ kind: 'set-by-provider' });
  });

  it('D5 X5 are there without the service, to be typed into where they could be changed', async () => {
    const { fields } = (await read()).sections.more;
    const { sections } = await at.app.calls.profile.get({ accountId, from: 'cache' });
    expect(sections.more).toMatchObject({ fields, values: { department: 'research' } });
    expect(sections.more.access).toMatchObject({
      department: { kind: 'editable' },
      badge: { kind: 'set-by-provider' },
    });
  });
});

describe('R3 Update of described fields', () => {
  it('is one write with the names, and leaves alone all that is not shown', async () => {
    at.keycloak.realm.switches.keepsUnknownAttributes = true;
    stored().attributes = { ...ada.attributes, shoe: ['43'], remark: ['x'] };
    const changes = {
      department: 'sales',
      languages: ['fr'],
      nickname: '',
      nicknames_before: ['A', 'B'],
      locale: 'de',
    };
    const { outcomes, snapshot } = await update(changes, { firstName: 'Adele' });
    expect(outcomes).toEqual({ user: saved, more: saved });
    expect(snapshot.sections.more.values).toMatchObject(changes);
    const { nickname: _nickname, ...others } = ada.attributes ?? {};
    expect(stored()).toMatchObject({ firstName: 'Adele', lastName: ada.lastName });
    expect(stored().attributes).toEqual({
      ...others,
      ...{ department: ['sales'], languages: ['fr'], nicknames_before: ['A', 'B'], locale: ['de'] },
      ...{ shoe: ['43'], remark: ['x'] },
    });
  });

  it.each<[string, Record<string, DescribedValue>, object]>([
    ['no such choice', { department: 'cellar' }, { department: { code: 'not-a-choice' } }],
    ['too many', { languages: ['en', 'de', 'fr'] }, { languages: { code: 'too-many' } }],
    ['too short', { nickname: 'A' }, { nickname: { code: 'too-short', limit: 2 } }],
    ['too long', { about: 'x'.repeat(501) }, { about: { code: 'too-long', limit: 500 } }],
    ['too large', { desk: '1000' }, { desk: { code: 'out-of-range' } }],
    ['no number', { desk: 'left' }, { desk: { code: 'not-a-number' } }],
    ['no day', { birthdate: 'soon' }, { birthdate: { code: 'not-a-date' } }],
    ['no link', { website: 'here' }, { website: { code: 'not-a-link' } }],
    ['locked', { badge: 'B-1' }, { badge: { code: 'locked' } }],
    ['unknown', { shoe: '43' }, { shoe: { code: 'locked' } }],
    [
      'two at once',
      { nickname: 'A', desk: '0' },
      { nickname: { code: 'too-short', limit: 2 }, desk: { code: 'out-of-range' } },
    ],
  ])('says what is wrong with a value: %s', async (_case, changes, found) => {
    const fields = Object.fromEntries(Object.entries(found).map(([id, error]) => [`more.${id}`, error]));
    const { outcomes } = await update(changes);
    expect(outcomes.more).toEqual({ saved: false, error: { code: 'invalid-request', fields } });
    expect(stored().attributes).toEqual(ada.attributes);
  });

  it('keeps what was changed elsewhere meanwhile', async () => {
    const { sections } = await read();
    stored().attributes = { ...stored().attributes, nickname: ['Addie'] };
    const more = { revision: sections.more.revision, changes: { department: 'sales' } };
    const user = { revision: sections.user.revision, changes: { firstName: 'Adele' } };
    const { outcomes, snapshot } = await at.app.calls.profile.update({ accountId, more, user });
    expect(outcomes).toEqual({ user: saved, more: { saved: false, error: { code: 'conflict' } } });
    expect(snapshot.sections.more.values).toMatchObject({ department: 'research', nickname: 'Addie' });
    expect(stored().firstName).toBe('Adele');
  });
});
