import { describe, expect, it } from 'vitest';
import type { ActivityArea } from '../../../../../shared/rules/activity-words.ts';
import type { FieldAccess } from '../../../../../shared/contract/account/profile.ts';
import { makeSections } from '../../../testing/make-sections.ts';
import { makeSessionFacts } from '../../../testing/make-session-facts.ts';
import type { AreaReading, Expectation } from '../activity-head.ts';
import { compareReadings } from './compare-readings.ts';
import { toProfileReading } from './to-profile-reading.ts';
import { readings, type ReadAgent, type ToItems } from './to-readings.ts';

const editable: FieldAccess = { kind: 'editable' };
const readAgent: ReadAgent = (userAgent) => ({
  browser: { name: userAgent, version: null },
  os: { name: 'Linux', version: null },
  device: { vendor: null, model: null, type: null },
});

const [earlier, later] = ['2026-01-01T00:00:00.000Z', '2026-01-01T01:00:00.000Z'];

function read(method: keyof typeof readings, state: unknown, takenAt = earlier): AreaReading {
  const { area, toItems } = readings[method];
  const told = (toItems as ToItems<unknown>)(state, readAgent, new Map());
  if (!told) throw new Error('nothing was told');
  return { ...told, area, takenAt };
}

/** What is found between two states, in short. */
function find(method: keyof typeof readings, before: unknown, after: unknown, expected: Expectation[] = []): string[] {
  return compareReadings(read(method, before), read(method, after, later), expected).changes.map(
    ({ change, subject, field, from, to, by }) =>
      [change, subject, ...(field === null ? [] : [field, from, to]), by].join(' | '),
  );
}

const session = (id: string, changes = {}) =>
  makeSessionFacts(id, { userAgent: 'Firefox', ipAddress: '203.0.113.5', ...changes });
const times = { createdAt: earlier, lastUsedAt: null, expiresAt: null };
const sshKey = { id: '1', title: 'Laptop', sha256: 'SHA256:abc', lastUsedAt: null, expiresAt: undefined };
const sshKeys = (...keys: unknown[]) => ({ access: editable, keys });
const apiKey = (key: unknown) => ({ access: editable, offers: [], url: '', key });
const accessKey = { id: 'AK1', name: 'Robot', isActive: true, revision: '1', ...times };
const accessKeys = (...keys: unknown[]) => ({ access: editable, offers: [], keys, limit: null });
const mfa = (changes = {}) => ({
  isOn: true,
  isForced: false,
  devices: [],
  passkeys: [],
  recoveryCodes: null,
  offers: [],
  ...changes,
});
const device = { id: 'd', name: 'Phone', type: 'totp', createdAt: null };
const email = { id: 'm', email: 'a@b.example', isPrimary: false, isVerified: false, acts: [] };
const emails = (...all: unknown[]) => ({ sendsMail: true, emails: all });
const linked = (...linkedAccounts: unknown[]) => ({ access: editable, providers: [], linkedAccounts });
const google = { id: 'g', provider: 'Google', label: 'mara@gmail.example', addedAt: null };
const application = { id: 'c', name: 'Calendar', site: null, grants: ['Profile'], isThisApp: false, isInUse: true };

type Case = [method: keyof typeof readings, before: unknown, after: unknown, found: string[]];
const cases: Case[] = [
  ['readSessions', [], [session('1')], ['added | Firefox | elsewhere']],
  ['readSessions', [session('1')], [], ['removed | Firefox | elsewhere']],
  ['readSessions', [session('1', { expiresAt: later })], [], ['removed | Firefox | time']],
  ['readSessions', [session('1')], [session('1', { lastModifiedAt: later })], []],
  ['readSessions', [session('1', { isCurrent: true })], [session('2', { isCurrent: true })], []],
  ['sshKeysState', sshKeys(), sshKeys(sshKey), ['added | Laptop | elsewhere']],
  ['sshKeysState', sshKeys(sshKey), sshKeys(), ['removed | Laptop | elsewhere']],
  [
    'sshKeysState',
    sshKeys(sshKey),
    sshKeys({ ...sshKey, title: 'Old' }),
    ['changed | Old | title | Laptop | Old | elsewhere'],
  ],
  ['sshKeysState', sshKeys(sshKey), sshKeys({ ...sshKey, lastUsedAt: later }), []],
  ['apiKeyState', apiKey(null), apiKey({ name: 'CI', lastFour: '1234', ...times }), ['added | CI | elsewhere']],
  [
    'apiKeyState',
    apiKey({ name: 'CI', lastFour: '1234', ...times }),
    apiKey({ name: 'CI', lastFour: '9876', ...times }),
    ['removed | CI | elsewhere', 'added | CI | elsewhere'],
  ],
  ['accessKeysState', accessKeys(), accessKeys(accessKey), ['added | Robot | elsewhere']],
  [
    'accessKeysState',
    accessKeys(accessKey),
    accessKeys({ ...accessKey, isActive: false }),
    ['changed | Robot | isActive | true | false | elsewhere'],
  ],
  ['accessKeysState', accessKeys({ ...accessKey, isOwn: true }), accessKeys(), []],
  ['mfaStatus', mfa(), mfa({ isOn: false }), ['changed |  | isOn | true | false | elsewhere']],
  ['mfaStatus', mfa(), mfa({ devices: [device] }), ['added | Phone | elsewhere']],
  ['mfaStatus', mfa({ devices: [device] }), mfa(), ['removed | Phone | elsewhere']],
  ['mfaStatus', mfa(), mfa({ passkeys: [device] }), ['added | Phone | elsewhere']],
  [
    'mfaStatus',
    mfa({ recoveryCodes: { total: 10, remaining: 10, createdAt: earlier } }),
    mfa({ recoveryCodes: { total: 10, remaining: 9, createdAt: earlier } }),
    ['changed |  | remaining | 10 | 9 | elsewhere'],
  ],
  ['readEmails', emails(), emails(email), ['added | a@b.example | elsewhere']],
  ['readEmails', emails(email), emails(), ['removed | a@b.example | elsewhere']],
  [
    'readEmails',
    emails(email),
    emails({ ...email, isVerified: true, isPrimary: true }),
    [
      'changed | a@b.example | isPrimary | false | true | elsewhere',
      'changed | a@b.example | isVerified | false | true | elsewhere',
    ],
  ],
  ['linkedAccounts', linked(), linked(google), ['added | mara@gmail.example | elsewhere']],
  ['linkedAccounts', linked(google), linked(), ['removed | mara@gmail.example | elsewhere']],
  ['readApplications', [], [application], ['added | Calendar | elsewhere']],
  ['readApplications', [application], [], ['removed | Calendar | elsewhere']],
  [
    'readApplications',
    [application],
    [{ ...application, grants: ['Profile', 'Mail'], isInUse: false }],
    ['changed | Calendar | grants | Profile | Profile, Mail | elsewhere'],
  ],
];

describe('X4 what is other between two readings', () => {
  it.each(cases)('%s: %j then %j', (method, before, after, found) => {
    expect(find(method, before, after)).toEqual(found);
    expect(find(method, after, after)).toEqual([]);
  });

  it('has nothing to say of a first reading', () => {
    expect(compareReadings(undefined, read('readSessions', [session('1')]), []).changes).toEqual([]);
  });

  it('takes a session from the reading before, but for an end that has moved', () => {
    const { toItems } = readings.readSessions;
    const [stays, moves] = [session('1', { expiresAt: earlier }), session('2', { expiresAt: earlier })];
    const before = toItems([stays, moves], readAgent, new Map())?.items ?? [];
    const known = new Map(before.map((item) => [item.id, item]));
    const after = toItems([stays, { ...moves, expiresAt: later }], readAgent, known)?.items ?? [];
    expect([after[0] === before[0], after.map(({ endsAt }) => endsAt)]).toEqual([true, [earlier, later]]);
  });

  it('takes what is not to be seen for no news', () => {
    const { toItems } = readings.sshKeysState;
    const hidden = (kind: 'not-offered' | 'needs-permission') =>
      toItems({ ...sshKeys(), access: kind === 'not-offered' ? { kind } : { kind, permission: 'x' } } as never);
    expect([hidden('not-offered'), hidden('needs-permission')]).toEqual([undefined, undefined]);
    expect(readings.mfaStatus.toItems(mfa({ isUntold: true }) as never)).toBeUndefined();
    const oneList = { ...sshKeys(sshKey), usages: ['authentication', 'signing'] };
    expect(find('sshKeysState', oneList, sshKeys())).toEqual([]);
  });
});

it('X4 sees a right that comes behind the part that is shown', () => {
  const grants = Array.from({ length: 100 }, (_, at) => `Right ${String(at)}`);
  const found = find(
    'readApplications',
    [{ ...application, grants }],
    [{ ...application, grants: [...grants, 'All'] }],
  );
  expect(found).toHaveLength(1);
});

describe('X4 the profile between two readings', () => {
  const at = (sections: ReturnType<typeof makeSections>, takenAt: string) => toProfileReading({ sections, takenAt });

  function change(edit: (sections: ReturnType<typeof makeSections>) => void) {
    const [before, after] = [makeSections(), makeSections()];
    edit(after);
    return compareReadings(at(before, earlier), at(after, later), []).changes;
  }

  it('tells each field by its path, what it was and what it is', () => {
    const was = makeSections().contact.values.email;
    const found = change(({ contact }) => Object.assign(contact.values, { email: 'new@b.example' }));
    expect(found).toMatchObject([
      { area: 'profile', field: 'contact.email', from: was, to: 'new@b.example', since: earlier },
    ]);
  });

  it('shortens what is long, shows no picture and never a private key', () => {
    const long = change(({ user }) => Object.assign(user.values, { company: 'x'.repeat(5_000) }));
    expect(long[0]?.to).toHaveLength(300);
    const picture = change(({ avatar }) => Object.assign(avatar.values, { image: 'data:image/png;base64,AAAA' }));
    expect(picture).toMatchObject([{ field: 'avatar.image', from: null, to: null }]);
    const secret = '-----BEGIN OPENSSH PRIVATE KEY-----';
    expect(JSON.stringify(change(({ user }) => Object.assign(user.values, { company: secret })))).not.toContain(
      'BEGIN',
    );
  });

  it.each(['sha256:x', 'SHA256:x'])('shows %s, which somebody chose to look like a picture', (company) => {
    expect(change(({ user }) => Object.assign(user.values, { company }))).toMatchObject([{ to: company }]);
  });

  it('sees what changed behind the part that is shown', () => {
    const long = (end: string) => `${'x'.repeat(5_000)}${end}`;
    const [before, after] = [makeSections(), makeSections()];
    Object.assign(before.user.values, { company: long('a') });
    Object.assign(after.user.values, { company: long('b') });
    const { changes } = compareReadings(at(before, earlier), at(after, later), []);
    const cut = `${'x'.repeat(299)}…`;
    expect(changes).toMatchObject([{ field: 'user.company', from: cut, to: cut }]);
  });

  it('compares no field that the service does not have at one of the times', () => {
    const found = change(({ user }) => {
      Object.assign(user.values, { company: 'Other' });
      Object.assign(user.access, { company: { kind: 'not-offered' } });
    });
    expect(found).toEqual([]);
  });
});

describe('X4 by whom it can have been', () => {
  const soon = Date.parse(later) + 1;
  const past = Date.parse(later) - 1;
  /** As if the clock had been set back by a year since. */
  const ahead = Date.parse(later) + 365 * 86_400_000;
  const other = { ...sshKey, id: '2', title: 'Other' };
  const expect_ = (changes: Partial<Expectation>): Expectation => ({
    area: 'sshKeys' as ActivityArea,
    ...{ isNoted: false, until: soon, ...changes },
  });

  it.each<[string, Expectation, string[]]>([
    ['an act that its entry tells of', expect_({ isNoted: true, ids: ['1'] }), []],
    ['the same, read much later', expect_({ isNoted: true, ids: ['1'], until: past }), []],
    ['one whose answer was lost', expect_({ ids: ['1'], change: 'added' }), ['added | Laptop | you']],
    ['one of another key', expect_({ ids: ['2'] }), ['added | Laptop | elsewhere']],
    ['one of another kind', expect_({ change: 'removed' }), ['added | Laptop | elsewhere']],
    ['one of another area', expect_({ area: 'sessions' }), ['added | Laptop | elsewhere']],
    ['one that names nothing', expect_({ isNoted: true }), []],
    ['the same, read much later: told of', expect_({ isNoted: true, until: past }), ['added | Laptop | you']],
    ['the same, by a clock set back since', expect_({ isNoted: true, until: ahead }), ['added | Laptop | you']],
  ])('%s', (_name, expectation, found) => {
    expect(find('sshKeysState', sshKeys(), sshKeys(sshKey), [expectation])).toEqual(found);
  });

  it('says of all that can have been done on a page which was opened that it may be, for as long as that is due', () => {
    const page = expect_({ pageOpenedAt: earlier });
    const [none, both] = [read('sshKeysState', sshKeys()), read('sshKeysState', sshKeys(sshKey, other), later)];
    const { changes, expected } = compareReadings(none, both, [page]);
    expect(changes).toMatchObject([1, 2].map(() => ({ by: 'maybe-you', pageOpenedAt: earlier })));
    expect(expected).toEqual([page]);
    expect(compareReadings(both, { ...none, takenAt: later }, expected).changes).toMatchObject(
      [1, 2].map(() => ({ change: 'removed', by: 'maybe-you' })),
    );
  });

  it('says so only of what neither an own act nor an end explains, and names the page opened last', () => {
    const pages = [expect_({ pageOpenedAt: earlier }), expect_({ pageOpenedAt: later })];
    const found = (before: unknown, expected: Expectation[]) =>
      compareReadings(read('sshKeysState', before), read('sshKeysState', sshKeys(), later), expected).changes;
    const ended = { ...sshKey, expiresAt: later };
    expect(found(sshKeys(sshKey, other), [...pages, expect_({ ids: ['1'] })])).toMatchObject([
      { by: 'you' },
      { by: 'maybe-you', pageOpenedAt: later },
    ]);
    expect(found(sshKeys(sshKey), [...pages, expect_({ ids: ['1'] })])[0]).not.toHaveProperty('pageOpenedAt');
    expect(found(sshKeys(ended), pages)).toMatchObject([{ by: 'time' }]);
    expect(found(sshKeys(sshKey), [{ ...pages[0]!, area: 'sessions' }])).toMatchObject([{ by: 'elsewhere' }]);
  });

  it('takes one new thing for that of an act that names nothing, and tells of a second one', () => {
    const foreign = { ...sshKey, id: '2', title: 'Foreign' };
    const made = expect_({ isNoted: true, change: 'added' });
    expect(find('sshKeysState', sshKeys(), sshKeys(sshKey, foreign), [made])).toEqual(['added | Foreign | elsewhere']);
    const gone = expect_({ isNoted: true, change: 'removed' });
    expect(find('sshKeysState', sshKeys(sshKey, foreign), sshKeys(), [gone])).toEqual([]);
  });

  it('explains once, and not what comes after it', () => {
    const [before, after] = [read('sshKeysState', sshKeys()), read('sshKeysState', sshKeys(sshKey), later)];
    const first = compareReadings(before, after, [expect_({ ids: ['1'] })]);
    expect(first.expected).toEqual([]);
    const unmet = compareReadings(after, after, [expect_({ ids: ['2'] }), expect_({ ids: ['3'], until: past })]);
    expect(unmet.expected).toEqual([expect_({ ids: ['2'] })]);
    expect(compareReadings(after, after, [expect_({ ids: ['2'], until: ahead })]).expected).toEqual([]);
  });
});
