import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import { openAppAt, type AppAtKeycloak } from '../../integration/keycloak-under-test.ts';
import { makePerson, withSwitches, type KeycloakWorld } from './conversation/world.ts';
import { adaAtPartner, allRoles, ordinaryRoles, type Person } from './people.ts';
import { hasForm, PageVisitor, readField, type Page } from './page-visitor.ts';
import { recordOf } from './record-of.ts';
import { takeTokens } from './sign-in.ts';

// What a person does with the app, at the real Keycloak and at its stand-in: each story takes a person of its own.

type Story = (world: KeycloakWorld) => Promise<void>;

interface Opened {
  readonly at: AppAtKeycloak;
  readonly person: Person;
  readonly accountId: string;
  /** On the page that is open: the first form is sent, or left. */
  readonly press: (page: Page) => Promise<Page>;
  readonly cancel: (page: Page) => Promise<Page>;
}

async function open(world: KeycloakWorld, roles = ordinaryRoles): Promise<Opened> {
  const person = await makePerson(world, roles);
  const at = await openAppAt(world);
  const accountId = await at.signIn(person);
  // What the sign-in read is given to the first who asks.
  await at.app.calls.profile.get({ accountId, from: 'provider' });
  return {
    ...{ at, person, accountId },
    press: (page) => at.visitor.submit(page, {}),
    cancel: (page) => at.visitor.submit(page, { 'cancel-aia': 'true' }),
  };
}

const updateNames: Story = async (world) => {
  const { at, person, accountId } = await open(world);
  const attributes = { ...person.attributes, nickname: ['Pat'], languages: ['en', 'de'], locale: ['de'] };
  await recordOf(world, person, { attributes });
  const { sections } = await at.app.calls.profile.get({ accountId, from: 'provider' });
  expect(sections.user.access).toMatchObject({
    firstName: { kind: 'editable' },
    username: { kind: 'set-by-provider' },
  });
  const { revision } = sections.user;
  const rename = (changes: { firstName?: string; lastName?: string }) =>
    at.app.calls.profile.update({ accountId, user: { revision, changes } });
  const refused = { code: 'invalid-request', fields: { 'user.lastName': { code: 'not-valid' } } };
  expect((await rename({ lastName: 'A<b>' })).outcomes.user).toEqual({ saved: false, error: refused });
  expect((await rename({ firstName: 'Patricia' })).outcomes.user).toEqual({ saved: true });
  expect(await recordOf(world, person)).toMatchObject({ firstName: 'Patricia', lastName: person.lastName, attributes });
  expect((await rename({ firstName: 'Pat' })).outcomes.user).toEqual({ saved: false, error: { code: 'conflict' } });
};

const changeUsernameAndEmail: Story = (world) =>
  withSwitches(world, { updatesEmailByAction: false, editsUsername: true }, async () => {
    const { at, person, accountId } = await open(world);
    const { sections, operations } = await at.app.calls.profile.get({ accountId, from: 'provider' });
    expect([sections.user.access.username, operations['email.change']]).toEqual(Array(2).fill({ kind: 'editable' }));
    const update = (username: string, email: string) =>
      at.app.calls.profile.update({
        accountId,
        user: { revision: sections.user.revision, changes: { username } },
        contact: { revision: sections.contact.revision, changes: { email } },
      });
    // One record: what is wrong with one section is what keeps the other.
    const noAddress = { saved: false, error: { fields: { 'contact.email': { code: 'not-an-email' } } } };
    expect((await update(`${person.username}-2`, 'x')).outcomes).toMatchObject({ user: noAddress, contact: noAddress });
    const { outcomes } = await update('ada', `2-${person.email}`);
    expect(outcomes.user).toMatchObject({ error: { fields: { 'user.username': { code: 'taken' } } } });
    const saved = await update(`${person.username}-2`, `2-${person.email}`);
    expect(saved.outcomes).toEqual({ user: { saved: true }, contact: { saved: true } });
  });

const changeDescribedFields: Story = async (world) => {
  const { at, person, accountId } = await open(world);
  await recordOf(world, person, { attributes: { ...person.attributes, nickname: ['Pat'] } });
  const { more, contact } = (await at.app.calls.profile.get({ accountId, from: 'provider' })).sections;
  expect(more.fields.find(({ id }) => id === 'department')).toMatchObject({ kind: 'one-of', group: 'work' });
  expect(more.access).toMatchObject({ department: { kind: 'editable' }, badge: { kind: 'set-by-provider' } });
  const update = (changes: Record<string, string | string[]>) =>
    at.app.calls.profile.update({
      accountId,
      more: { revision: more.revision, changes },
      contact: { revision: contact.revision, changes: { phone: '+43 1 5550 199' } },
    });
  const fields = {
    'more.department': { code: 'not-a-choice' },
    'more.languages': { code: 'too-many' },
    'more.desk': { code: 'out-of-range' },
    'more.birthdate': { code: 'not-a-date' },
  };
  const wrong = { department: 'cellar', languages: ['en', 'de', 'fr'], desk: '1000', birthdate: 'soon' };
  const refused = { saved: false, error: { code: 'invalid-request', fields } };
  expect((await update(wrong)).outcomes).toEqual({ more: refused, contact: refused });
  const right = { department: 'sales', languages: ['fr'], desk: '7', birthdate: '2001-02-03', locale: 'de' };
  expect((await update(right)).outcomes).toEqual({ more: { saved: true }, contact: { saved: true } });
  expect(await recordOf(world, person)).toMatchObject({
    attributes: {
      ...{ department: ['sales'], languages: ['fr'], desk: ['7'], birthdate: ['2001-02-03'], locale: ['de'] },
      ...{ nickname: ['Pat'], phone_number: ['+43 1 5550 199'] },
    },
  });
};

/** Added for good: other stories read choices by their ids. */
const readRealmTexts: Story = async (world) => {
  await world.addTexts({ 'language.de': 'German', 'language.fr': 'French' });
  const { at, accountId } = await open(world);
  const { more } = (await at.app.calls.profile.get({ accountId, from: 'provider' })).sections;
  const { choices } = more.fields.find(({ id }) => id === 'languages')!;
  expect(choices.map(({ name }) => name)).toEqual(['en', 'German', 'French']);
};

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/18.0 Mobile/15E148 Safari/604.1';

const endSessions: Story = async (world) => {
  const { at, person, accountId } = await open(world);
  const signInElsewhere = (scope: string) =>
    takeTokens(world.issuer, new PageVisitor(world.base, iphone), person, { scope });
  await signInElsewhere('openid');
  const list = async () => (await at.app.calls.sessions.list({ accountId, from: 'provider' })).sessions;
  const [current, phone] = await list();
  expect(current).toMatchObject({ isCurrent: true, browser: { name: 'Firefox' }, os: { name: 'Linux' } });
  const told = { browser: { name: 'Mobile Safari', version: '18.0' }, device: { model: 'iPhone', type: 'mobile' } };
  expect(phone).toMatchObject({ isCurrent: false, ...told });
  const { results } = await at.app.calls.sessions.close({ accountId, ids: [phone!.id] });
  expect(results).toEqual([{ id: phone!.id, error: null }]);
  await signInElsewhere('openid');
  await signInElsewhere('openid offline_access');
  const others = await at.app.calls.sessions.closeOthers({ accountId });
  expect(others.results.map(({ error }) => error)).toEqual([null, null]);
  expect((await list()).map(({ isCurrent }) => isCurrent)).toEqual([true]);
};

const secondStep: Story = async (world) => {
  const { at, person, accountId, press, cancel } = await open(world);
  const status = () => at.app.calls.mfa.status({ accountId });
  const addPhone = (page: Page) => {
    const secret = Secret.fromUTF8(readField(page, 'totpSecret'));
    return at.visitor.submit(page, { totp: new TOTP({ secret }).generate(), userLabel: 'Phone' });
  };
  expect(await at.handOff({ accountId, operation: 'mfa.enrol' }, cancel, person)).toBe('cancelled');
  expect(await at.handOff({ accountId, operation: 'mfa.enrol' }, addPhone, person)).toBe('done');
  expect(await at.handOff({ accountId, operation: 'recoveryCodes.renew' }, press, person)).toBe('done');
  const before = await status();
  expect(before).toMatchObject({
    isOn: true,
    devices: [{ name: 'Phone', type: 'totp' }],
    recoveryCodes: { remaining: 12 },
  });
  expect(await at.handOff({ accountId, operation: 'recoveryCodes.renew' }, press, person)).toBe('done');
  const removal = { accountId, operation: 'mfa.removeDevice', of: before.devices[0]!.id } as const;
  expect(await at.handOff(removal, press, person)).toBe('done');
  expect((await status()).devices).toEqual([]);
};

const newPassword: Story = async (world) => {
  const { at, person, accountId } = await open(world);
  const typed = { 'password-new': 'Rainy-garden-43', 'password-confirm': 'Rainy-garden-43' };
  const change = (page: Page) => at.visitor.submit(page, typed);
  expect(await at.handOff({ accountId, operation: 'password.change' }, change, person)).toBe('done');
};

const somebodyElse: Story = async (world) => {
  const { at, accountId } = await open(world);
  const another = await makePerson(world);
  at.visitor = new PageVisitor(world.base);
  const cancel = (page: Page) => at.visitor.submit(page, { 'cancel-aia': 'true' });
  const asked = at.handOff({ accountId, operation: 'password.change' }, cancel, another);
  await expect(asked).rejects.toMatchObject({ code: 'conflict', details: { reason: 'another-person' } });
};

const newEmail: Story = async (world) => {
  const { at, person, accountId } = await open(world);
  const type = (page: Page) => at.visitor.submit(page, { email: `new-${person.email}` });
  expect(await at.handOff({ accountId, operation: 'email.change' }, type, person)).toBe('done');
};

const confirmedEmail: Story = (world) =>
  withSwitches(world, { verifiesEmail: true }, async () => {
    const { at, person, accountId } = await open(world);
    const { attempt } = await at.app.calls.handOff.begin({ accountId, operation: 'email.change' });
    const email = `new-${person.email}`;
    expect((await at.visitor.submit(await at.visit(person), { email })).status).toBe(200);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
    await world.confirmEmail(person, email);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
  });

const linkAndUnlink: Story = async (world) => {
  const { at, person, accountId, press } = await open(world);
  const { username, password } = adaAtPartner;
  const link = async (page: Page) => at.visitor.submit(await press(page), { username, password }, 'kc-form-login');
  expect(await at.handOff({ accountId, operation: 'linkedAccounts.link', of: 'partner' }, link, person)).toBe('done');
  const { linkedAccounts } = await at.app.calls.linkedAccounts.get({ accountId });
  expect(linkedAccounts).toMatchObject([{ id: 'partner', provider: 'Partner House', label: username }]);
  const unlink = () => at.app.calls.linkedAccounts.unlink({ accountId, linkedAccountId: 'partner' });
  expect((await unlink()).linkedAccounts).toEqual([]);
  await expect(unlink()).rejects.toMatchObject({ code: 'not-found' });
};

const signOut: Story = async (world) => {
  for (const roles of [ordinaryRoles, ['view-profile']]) {
    const { at, person, accountId } = await open(world, roles);
    expect(await at.app.calls.auth.signOut({ accountId, forget: false })).toEqual({ providerNotified: true });
    await at.beginSignIn(accountId);
    const page = await at.visitor.open(at.opened.at(-1)!);
    expect(hasForm(page, 'kc-form-login'), `${person.username}’s browser is signed out too`).toBe(true);
  }
};

const deleteAccount: Story = async (world) => {
  const { at, person, accountId, press } = await open(world, allRoles);
  const { attempt } = await at.app.calls.handOff.begin({ accountId, operation: 'deletion.remove' });
  expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
  expect((await press(await at.visit(person))).status).toBe(200);
  expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
  await expect(at.app.calls.deletion.get({ accountId })).rejects.toMatchObject({ code: 'unauthenticated' });
};

export const appStories: Readonly<Record<string, Story>> = {
  'W2 updates names': updateNames,
  'R3 changes fields that the realm describes': changeDescribedFields,
  'R3 names choices by texts of the realm': readRealmTexts,
  'W4 changes username and e-mail': changeUsernameAndEmail,
  'E9 ends sessions': endSessions,
  'W10 E5 sets up a second step': secondStep,
  'W9 changes the password': newPassword,
  'R1 meets somebody else': somebodyElse,
  'E2 changes the e-mail': newEmail,
  'E2 changes the e-mail once a mail was answered': confirmedEmail,
  'C3 links and unlinks': linkAndUnlink,
  'D3 signs out, with and without the role to end sessions': signOut,
  'E10 deletes the account': deleteAccount,
};
