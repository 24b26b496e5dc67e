import { makeSections } from '../../../electron/services/testing/make-sections.ts';

// What lies on the disk, one value of each version at least, by the name of the spec in its `*.stored.ts`.
// `tests/lint/stored-documents.test.ts` fails where one is missing.

const takenAt = '2026-01-01T00:00:00.000Z';
const later = '2026-06-01T00:00:00.000Z';
const editable = { kind: 'editable' };
const { more, ...sections } = makeSections('Ulm');
const [user, contact, avatar] = [sections.user, sections.contact, sections.avatar];

const common = {
  id: 'account-1',
  providerName: 'Example',
  person: { name: 'Ada', email: 'ada@example.org', avatar: null },
  target: { kind: 'address', address: 'https://profile.example' },
  isSignedOut: false,
};

const sshKey = {
  id: '7',
  title: 'Laptop',
  publicLine: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx3',
  type: 'ssh-ed25519',
  bits: 256,
  sha256: 'SHA256:9vUjb3lFZ0r0ZJvGQ0N0m6mLw2nC9b4Qb0N7m0kq9aA',
  md5: 'MD5:00:11:22:33',
  addedAt: takenAt,
  lastUsedAt: null,
  verifiedAt: later,
  usage: 'both',
  expiresAt: later,
  revision: 'r1',
};

const sessionFacts = {
  id: 's1',
  isCurrent: true,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
  told: null,
  ipAddress: '198.51.100.7',
  createdAt: takenAt,
  lastModifiedAt: null,
  lastAuthenticatedAt: takenAt,
  expiresAt: later,
  programs: ['mail'],
};

const offer = { access: editable, offers: ['name', 'expiry', 'reveal'] };
const times = { createdAt: takenAt, lastUsedAt: null, expiresAt: later };

const activityEntry = {
  ...{ type: 'change', id: 'e1', at: later, since: takenAt, area: 'profile', change: 'changed', by: 'elsewhere' },
  ...{ subject: '', detail: '', field: 'contact.city', label: null, from: 'Ulm', to: 'Bremen' },
};
const activityAct = {
  ...{ type: 'act', id: 'e2', at: later, area: 'sshKeys', act: 'sshKeys.remove', subject: 'Laptop', detail: '' },
  ...{ count: 1, outcome: 'unclear', refusal: { code: 'offline', reason: 'outcome-unknown' } },
};
const activityItem = { id: '7', subject: 'Laptop', detail: 'SHA256:9vUj', facts: [['title', 'Laptop']], endsAt: later };

export const samples: Readonly<Record<string, readonly unknown[]>> = {
  activitySpec: [
    {
      ...{ version: 1, segments: [{ slot: 0, first: 0, count: 1 }], first: 1, newest: [activityAct], seenUpTo: 1 },
      readings: [{ area: 'sshKeys', takenAt, scope: '', items: [activityItem] }],
      expected: [{ area: 'sshKeys', change: 'removed', ids: ['7'], isNoted: true, until: 1 }],
    },
  ],
  activitySegmentSpec: [{ version: 1, first: 0, entries: [activityEntry] }],
  activityAsideSpec: [{ version: 1, slots: [393] }],
  accountsSpec: [
    {
      version: 2,
      accounts: [{ ...common, kind: 'gitea', personId: 'p', isPasted: true, tokenEndsAt: later }],
      currentId: 'account-1',
    },
    { version: 1, connections: [{ ...common, provider: 'reference', accountId: 'p' }], currentId: 'account-1' },
  ],
  deviceTokenSpec: [{ version: 1, deviceToken: 'a device token' }],
  embeddedSpec: [
    { version: 1, demoPassword: 'seven tulips' },
    { version: 1, demoPassword: null },
  ],
  embeddedKeySpec: [{ version: 1, dataKey: Buffer.alloc(32, 7).toString('base64') }],
  tokensSpec: [
    { version: 2, tokens: { kind: 'refreshing', access: 'an access token', expiresAt: 1, refresh: 'a refresh token' } },
    { version: 2, tokens: { kind: 'fixed', token: 'a fixed token', expiresAt: null, scopes: ['user'] } },
    { version: 2, tokens: { kind: 'session', token: 'a session token', expiresAt: 1 } },
    { version: 1, accessToken: 'an access token', accessTokenExpiresAt: 1, refreshToken: 'a refresh token' },
  ],
  refusalsSpec: [{ version: 1, appVersion: '0.0.0', refusals: [{ what: 'deletion', mark: 'role', at: 1 }] }],
  profileSpec: [
    { version: 4, takenAt, operations: { 'deletion.remove': editable }, ...sections, more },
    { version: 3, takenAt, operations: { 'deletion.remove': editable }, ...sections },
    { version: 2, takenAt, offers: ['api-key'], ...sections },
    { version: 1, takenAt, user: withoutChoices(user), contact, avatar },
  ],
  sessionListSpec: [{ version: 1, takenAt, facts: [sessionFacts] }],
  sessionNotesSpec: [{ version: 1, names: [['s1', 'At home']], seen: ['s1'] }],
  draftSpec: [
    {
      version: 1,
      savedAt: takenAt,
      edits: [
        { path: 'contact.city', base: 'Stockholm', mine: 'Malmö' },
        { path: 'more.team', base: [], mine: ['a'], shown: { label: 'Team', value: 'A' } },
        { path: 'notifications.thresholds', base: [], mine: [{ percent: null, byMail: true }] },
        { path: 'notifications.quotaAlerts', base: true, mine: false },
        { path: 'workplace.wfmInterval', base: 10, mine: 15 },
        { path: 'avatar.image', base: 'data:image/png;base64,AA==', mine: null },
      ],
    },
  ],
  applicationsSpec: [
    {
      version: 1,
      takenAt,
      applications: [
        {
          ...{ id: 'a1', name: 'Mail', description: '', site: null, grants: ['read'], grantedAt: takenAt },
          ...{ isInUse: null, hasOfflineAccess: true, isThisApp: false, canWithdraw: true },
        },
      ],
    },
  ],
  emailsSpec: [
    {
      version: 1,
      takenAt,
      state: {
        sendsMail: true,
        emails: [{ id: 'e1', email: 'ada@example.org', isPrimary: true, isVerified: null, acts: ['remove'] }],
      },
    },
  ],
  keysSpec: [
    {
      version: 1,
      apiKey: {
        takenAt,
        state: { ...offer, url: 'https://api.example', key: { name: 'Backup', lastFour: '1a2b', ...times } },
      },
      accessKeys: {
        takenAt,
        state: { ...offer, keys: [{ id: 'k', name: 'CI', isActive: true, revision: '1', ...times }], limit: 5 },
      },
      ownEnds: [['api-key', later]],
      reminded: [['api-key', 'week']],
      rotation: null,
    },
  ],
  sshKeysSpec: [
    {
      version: 1,
      takenAt,
      state: { access: editable, canVerify: true, canRename: true, limit: null, keys: [sshKey] },
    },
  ],
  // With something in it, it is gone once it was put in its place: joint-changes.test.ts.
  changesSpec: [{ version: 1, documents: [] }],
  stagedSpec: [{ version: 1, accountIds: ['account-2'] }],
  pendingSettingsSpec: [{ version: 1, settings: { theme: 'dark', lockAfterMinutes: 5 } }],
  privateHalvesSpec: [
    {
      version: 1,
      keys: [
        {
          ...{ sha256: sshKey.sha256, type: 'ssh-ed25519', bits: 256, comment: 'a comment' },
          ...{ blob: Buffer.from('blob').toString('base64'), agentForm: Buffer.from('agent form').toString('base64') },
        },
      ],
    },
  ],
};

function withoutChoices({ values, access, revision }: typeof user) {
  return { values, access, revision };
}

/** Schemas that no spec names: where the damage of what they read is tested. */
export const filesInTheClear: Readonly<Record<string, string>> = {
  storedVaultKeySchema: 'files-in-the-clear.test.ts',
  storedTriesByClockSchema: 'tries.test.ts',
  storedTriesSchema: 'files-in-the-clear.test.ts',
  storedSettingsSchema: 'files-in-the-clear.test.ts',
  storedSlotsSchema: 'vault-key-damage.test.ts',
  storedLedgerSchema: 'stored-file-damage.test.ts',
  // Reads any version, to see that it is a later one.
  storedVersionSchema: 'vault-key-damage.test.ts',
};
