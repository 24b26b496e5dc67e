import { expect, onTestFinished } from 'vitest';
import type { ReauthState } from '../../../shared/contract/account/reauth.ts';
import { noKeys, openApp, type AppUnderTest } from '../../integration/services-under-test.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import { makeCode } from '../conformance/desk.ts';
import {
  addPerson,
  linkIdentity,
  oidcProvider,
  readTraits,
  type KratosPerson,
  type KratosServer,
} from './kratos-server.ts';
import { signInByCurl, type KratosClient } from './kratos-client.ts';

// What a person does with the app, at the real Kratos and at its stand-in: each story takes a person of its own.

type Story = (server: KratosServer) => Promise<void>;

interface Opened {
  readonly app: AppUnderTest;
  readonly person: KratosPerson;
  readonly accountId: string;
  /** What the app asked the system to open. */
  readonly pages: URL[];
  prove(): Promise<ReauthState>;
}

function openOnly(): { readonly app: Promise<AppUnderTest>; readonly pages: URL[] } {
  const folder = makeTempFolder();
  const pages: URL[] = [];
  const app = openApp(folder.path, { ssh: noKeys, browser: { open: async (page) => pages.push(page) > 0 } });
  onTestFinished(async () => {
    await (await app).close();
    folder[Symbol.dispose]();
  });
  return { app, pages };
}

const signInTo = (app: AppUnderTest, { address }: KratosServer, identifier: string, password: string) =>
  app.calls.auth.signIn({ kind: 'kratos', target: { kind: 'address', address }, identifier, password });

async function open(server: KratosServer, traits: Readonly<Record<string, unknown>> = {}): Promise<Opened> {
  const person = await addPerson(server, traits);
  const { app: opening, pages } = openOnly();
  const app = await opening;
  const result = await signInTo(app, server, person.email, person.password);
  if (result.next !== 'done') throw new Error('a code was asked for');
  const { accountId } = result;
  // What the sign-in read is given to the first who asks.
  await app.calls.profile.get({ accountId, from: 'provider' });
  const proof = { kind: 'password', password: person.password } as const;
  return { app, person, accountId, pages, prove: () => app.calls.reauth.prove({ accountId, proof }) };
}

const reauthRequired = { code: 'reauth-required' };

const readFields: Story = async (server) => {
  const { app, accountId } = await open(server, {
    ...{ username: `u${Date.now()}`, name: { first: 'Ada', last: 'Example' }, department: 'Sales', badge: 'B7' },
    ...{ languages: ['de', 'en'], seats: 3, newsletter: true, work: { desk: '4B', owner: 7 } },
  });
  const { sections, operations } = await app.calls.profile.get({ accountId, from: 'provider' });
  expect(sections.user.values).toMatchObject({ firstName: 'Ada', lastName: 'Example' });
  expect(Date.parse(sections.user.values.registeredAt ?? '')).toBeGreaterThan(0);
  const guarded = { kind: 'editable', needsReauth: true };
  expect([sections.user.access.username, sections.contact.access.email]).toEqual([guarded, guarded]);
  expect(sections.contact.access.phone).toEqual({ kind: 'editable' });
  expect(operations['email.change']).toEqual(guarded);
  const { fields, groups, values, access } = sections.more;
  expect(fields.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
    ...['department one-of', 'languages several-of', 'tags list', 'seats number', 'newsletter yes-no'],
    ...['website link', 'birthday date', 'badge text', 'work.desk text'],
  ]);
  expect(fields[3]).toMatchObject({ label: 'Seats', help: 'How many you need', limits: { min: 1, max: 9 } });
  expect(groups).toEqual([{ id: 'Work', heading: 'Work', description: '' }]);
  expect(access['badge']).toEqual({ kind: 'set-by-provider' });
  expect(values).toMatchObject({ department: 'Sales', languages: ['en', 'de'], seats: '3', newsletter: 'true' });
};

const changeFields: Story = async (server) => {
  const work = { desk: '4B', owner: 7 };
  const { app, person, accountId } = await open(server, { work, department: 'Sales' });
  const { more, user } = (await app.calls.profile.get({ accountId, from: 'provider' })).sections;
  const update = (changes: object, revision = more.revision) =>
    app.calls.profile.update({ accountId, more: { revision, changes: { ...changes } } });
  const both = await app.calls.profile.update({
    accountId,
    user: { revision: user.revision, changes: { firstName: 'Robin' } },
    more: {
      revision: more.revision,
      changes: { seats: '4', newsletter: 'false', languages: ['fr'], department: '', 'work.desk': '5C' },
    },
  });
  expect(both.outcomes).toEqual({ user: { saved: true }, more: { saved: true } });
  expect(await readTraits(server, person.id)).toEqual({
    ...{ email: person.email, name: { first: 'Robin' }, seats: 4, newsletter: false, languages: ['fr'] },
    // What cannot be shown goes along.
    work: { desk: '5C', owner: 7 },
  });
  const late = await update({ seats: '5' });
  expect(late.outcomes.more).toEqual({ saved: false, error: { code: 'conflict' } });
};

const wrongFields: Readonly<Record<string, readonly [value: string | string[], error: object]>> = {
  seats: ['11', { code: 'out-of-range' }],
  website: ['no link', { code: 'not-a-link' }],
  birthday: ['no day', { code: 'not-a-date' }],
  department: ['None', { code: 'not-a-choice' }],
  languages: [['en', 'de', 'fr'], { code: 'too-many' }],
  tags: [['12345678901'], { code: 'too-long', limit: 10 }],
};

/** Straight to the provider's own judgement: what the app judges by itself it does not send. */
const refuseFields: Story = async (server) => {
  const other = await open(server);
  const { app, accountId, prove } = await open(server);
  await prove();
  const { contact, more, user } = (await app.calls.profile.get({ accountId, from: 'provider' })).sections;
  for (const [field, [value, error]] of Object.entries(wrongFields)) {
    const asked = { accountId, more: { revision: more.revision, changes: { [field]: value } } };
    const refused = await app.calls.profile.update(asked).then(
      ({ outcomes }) => (outcomes.more && 'error' in outcomes.more ? outcomes.more.error : outcomes.more),
      (thrown: unknown) => (thrown as { readonly details: object }).details,
    );
    expect(refused, field).toMatchObject({ fields: { [`more.${field}`]: error } });
  }
  const taken = { revision: contact.revision, changes: { email: other.person.email } };
  expect((await app.calls.profile.update({ accountId, contact: taken })).outcomes.contact).toMatchObject({
    error: { fields: { 'contact.email': { code: 'taken' } } },
  });
  const short = { revision: user.revision, changes: { username: 'ab' } };
  expect((await app.calls.profile.update({ accountId, user: short })).outcomes.user).toMatchObject({
    error: { fields: { 'user.username': { code: 'too-short', limit: 3 } } },
  });
};

const proveAgain: Story = async (server) => {
  const { app, person, accountId, prove } = await open(server);
  const status = () => app.calls.reauth.status({ accountId });
  const begin = () => app.calls.mfa.beginEnrolment({ accountId });
  expect(await status()).toMatchObject({ proofs: ['password'], windowSeconds: 600 });
  expect((await status()).validUntil).not.toBeNull();
  // Too old for the server, and not yet for the app: it learns that.
  server.ageSignIns(400);
  expect((await status()).validUntil).not.toBeNull();
  await expect(begin()).resolves.toMatchObject({ otp: { parameters: { digits: 6 } } });
  const { enrolment, otp } = await begin();
  const confirm = async () =>
    app.calls.mfa.confirmEnrolment({ enrolment, code: await makeCode(otp.secret), name: 'Phone' });
  await expect(confirm()).rejects.toMatchObject(reauthRequired);
  expect(await status()).toMatchObject({ validUntil: null });
  const wrong = { kind: 'password', password: 'not this one' } as const;
  await expect(app.calls.reauth.prove({ accountId, proof: wrong })).rejects.toMatchObject({
    details: { reason: 'wrong-credentials' },
  });
  const { windowSeconds } = await prove();
  // The server's clock is known to about a second.
  expect([windowSeconds >= 395, windowSeconds < 600], `${windowSeconds} s`).toEqual([true, true]);
  // What was begun goes on.
  await expect(confirm()).resolves.toMatchObject({ status: { isOn: true } });
  await app.calls.reauth.end({ accountId });
  await expect(app.calls.recoveryCodes.show({ accountId })).rejects.toMatchObject(reauthRequired);
  const code = { kind: 'code', code: await makeCode(otp.secret) } as const;
  expect(await app.calls.reauth.prove({ accountId, proof: code })).toMatchObject({
    proofs: ['password', 'code', 'recovery-code'],
  });
  expect((await app.calls.recoveryCodes.show({ accountId })).codes).toHaveLength(12);
  // A name takes no proof.
  server.ageSignIns(5_000);
  const { user } = (await app.calls.profile.get({ accountId, from: 'provider' })).sections;
  const changes = { revision: user.revision, changes: { firstName: 'Robin' } };
  expect((await app.calls.profile.update({ accountId, user: changes })).outcomes.user).toEqual({ saved: true });
  expect(await readTraits(server, person.id)).toMatchObject({ name: { first: 'Robin' } });
};

/** With an authenticator app, and its first set of recovery codes. */
async function turnOn({ app, accountId }: Opened) {
  const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
  const code = await makeCode(otp.secret);
  const { recoveryCodes, status } = await app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' });
  return { secret: otp.secret, codes: recoveryCodes!.codes.map((each) => each.code), status };
}

const signInInTwoSteps: Story = async (server) => {
  const opened = await open(server);
  const { app, person, accountId } = opened;
  const { secret, codes, status } = await turnOn(opened);
  expect(codes).toHaveLength(12);
  expect(status).toMatchObject({
    ...{ isOn: true, devices: [{ id: 'totp', type: 'totp' }], offers: [] },
    recoveryCodes: { total: null, remaining: null },
  });
  const begin = async () => {
    const result = await signInTo(app, server, person.email, person.password);
    if (result.next !== 'code') throw new Error('no code was asked for');
    return result.challenge;
  };
  const wrongCode = { code: 'unauthenticated', details: { reason: 'wrong-code' } };
  const challenge = await begin();
  for (const code of ['000000', 'nothing8'])
    await expect(app.calls.auth.submitCode({ challenge, code })).rejects.toMatchObject(wrongCode);
  // As somebody types what is on paper.
  const typed = `${codes[0]!.slice(0, 4)} ${codes[0]!.slice(4).toUpperCase()}`;
  expect(await app.calls.auth.submitCode({ challenge, code: typed })).toEqual({ next: 'done', accountId });
  const again = await begin();
  await expect(app.calls.auth.submitCode({ challenge: again, code: codes[0]! })).rejects.toMatchObject(wrongCode);
  const code = await makeCode(secret);
  expect(await app.calls.auth.submitCode({ challenge: again, code })).toEqual({ next: 'done', accountId });
  const shown = await app.calls.recoveryCodes.show({ accountId });
  expect(shown.codes.filter(({ isUsed }) => isUsed)).toEqual([{ code: '', isUsed: true }]);
  expect(shown.createdAt).toBeNull();
  expect(await app.calls.mfa.turnOff({ accountId })).toMatchObject({ isOn: false, recoveryCodes: null });
  expect((await signInTo(app, server, person.email, person.password)).next).toBe('done');
};

const lockedOutElsewhere: Story = async (server) => {
  const { app, person, accountId } = await open(server);
  const other = (await signInByCurl(server.address, person.email, person.password)) as KratosClient;
  const { body } = await other.ask('GET', '/self-service/settings/api');
  const form = body as { id: string; ui: { nodes: { attributes: { id?: string; text?: { text: string } } }[] } };
  const secret = form.ui.nodes.find(({ attributes }) => attributes.id === 'totp_secret_key')!.attributes.text!.text;
  const filled = { method: 'totp', totp_code: await makeCode(secret) };
  expect((await other.ask('POST', `/self-service/settings?flow=${form.id}`, filled)).status).toBe(200);
  await expect(app.calls.sessions.list({ accountId, from: 'provider' })).rejects.toMatchObject({
    code: 'unauthenticated',
    details: { reason: 'session-ended' },
  });
  const [account] = (await app.calls.accounts.list()).accounts;
  expect(account?.state).toEqual({ kind: 'signed-out', sessionEnded: true });
};

const changePassword: Story = async (server) => {
  const { app, person, accountId } = await open(server);
  const change = (next: string) =>
    app.calls.password.change({ accountId, current: person.password, next, endOtherSessions: false });
  expect(await app.calls.password.policy({ accountId })).toMatchObject({ minLength: 8 });
  const refusals = {
    [person.password]: 'same-as-before',
    [person.email]: 'like-own-name',
    ['x'.repeat(80)]: 'too-long',
  };
  for (const [next, code] of Object.entries(refusals))
    await expect(change(next), code).rejects.toMatchObject({ details: { fields: { next: { code } } } });
  // It learns what the service takes.
  expect(await app.calls.password.policy({ accountId })).toMatchObject({ maxLength: 72 });
  // A proof of its own goes along.
  server.ageSignIns(5_000);
  expect(await change('Quiet-harbour-72')).toEqual({ otherSessionsEnded: 0 });
  expect(await signInByCurl(server.address, person.email, 'Quiet-harbour-72')).toBeDefined();
};

const oldForms: Story = async (server) => {
  const { app, accountId } = await open(server);
  const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
  server.expireForms();
  const code = await makeCode(otp.secret);
  // The secret is of that form: it has to be begun again.
  await expect(app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(await app.calls.mfa.status({ accountId })).toMatchObject({ isOn: false, offers: ['enrolment'] });
};

const linkedAccounts: Story = async (server) => {
  const { app, person, accountId, pages } = await open(server);
  const read = () => app.calls.linkedAccounts.get({ accountId });
  expect(await read()).toMatchObject({ linkedAccounts: [], providers: [{ id: oidcProvider.id }] });
  const asked = { accountId, operation: 'linkedAccounts.link', of: oidcProvider.id } as const;
  const { attempt } = await app.calls.handOff.begin(asked);
  expect(pages.map(String)).toEqual([`${server.address}/self-service/settings/browser`]);
  await linkIdentity(server, person.id);
  expect(await app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
  expect((await read()).linkedAccounts).toMatchObject([{ id: oidcProvider.id, provider: oidcProvider.label }]);
  await app.calls.linkedAccounts.unlink({ accountId, linkedAccountId: oidcProvider.id });
  await expect(app.calls.linkedAccounts.unlink({ accountId, linkedAccountId: oidcProvider.id })).rejects.toMatchObject({
    code: 'not-found',
  });
};

const sessionEnd: Story = async (server) => {
  const { app, person, accountId, prove } = await open(server);
  await signInByCurl(server.address, person.email, person.password);
  const { sessions } = await app.calls.sessions.list({ accountId, from: 'provider' });
  expect(sessions).toMatchObject([{ isCurrent: true, ipAddress: '127.0.0.1' }, { isCurrent: false }]);
  const left = Date.parse(sessions[0]!.expiresAt!) - Date.now();
  expect(left / 3_600_000).toBeCloseTo(24, 0);
  const minutesLeft = ({ sessionEndsAt }: ReauthState) => (Date.parse(sessionEndsAt ?? '') - Date.now()) / 60_000;
  server.endSessionsIn(600);
  expect(Math.round(minutesLeft(await app.calls.reauth.status({ accountId })) / 5)).toBe(2);
  expect(minutesLeft(await prove()), 'a proof begins its time anew').toBeGreaterThan(1_400);
};

const whoIsLetIn: Story = async (server) => {
  const app = await openOnly().app;
  const username = `u${Date.now()}`;
  const [person, off] = [await addPerson(server, { username }), await addPerson(server, {}, { state: 'inactive' })];
  expect(await signInTo(app, server, username, person.password)).toMatchObject({ next: 'done' });
  await expect(signInTo(app, server, off.email, off.password)).rejects.toMatchObject({
    ...{ code: 'forbidden', details: { reason: 'account-disabled' } },
  });
  const target = { kind: 'address', address: `${server.address}/self-service/login/browser` } as const;
  expect(await app.calls.accounts.inspect(target)).toMatchObject({
    ...{ kind: 'kratos', address: server.address, name: new URL(server.address).host, version: null },
  });
};

const forgotten: Story = async (server) => {
  const app = await openOnly().app;
  const { email } = await addPerson(server);
  const ask = (identifier: string) =>
    app.calls.auth.requestPasswordReset({
      ...{ kind: 'kratos', target: { kind: 'address', address: server.address }, identifier },
    });
  expect([await ask(email), await ask('nobody@example.org')], 'the same for everybody').toEqual([{}, {}]);
  await expect(ask('kim')).rejects.toMatchObject({ details: { fields: { identifier: { code: 'not-an-email' } } } });
};

export const appStories: Readonly<Record<string, Story>> = {
  'R3 the fields of an identity schema': readFields,
  'R3 W2 one write, with what is not shown': changeFields,
  'R3 W3 what is wrong with a field': refuseFields,
  'E12 a proof is asked for when the sign-in is too old': proveAgain,
  'W1 E5 two steps, and a recovery code': signInInTwoSteps,
  'a second step that was set up elsewhere': lockedOutElsewhere,
  'W9 the password': changePassword,
  'E4 a form that is too old': oldForms,
  'C3 linked accounts': linkedAccounts,
  'E8 sessions, and their end': sessionEnd,
  'W1 R2 who is let in': whoIsLetIn,
  'W9 a forgotten password': forgotten,
};
