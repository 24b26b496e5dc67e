import type { ActivityAct, ActivityArea } from '../../../../../shared/rules/activity-words.ts';
import type { Operation } from '../../../../../shared/contract/account/operations.ts';
import type { ApiKeyFacts } from '../../../provider/account-keys.ts';
import type { AccountCalls } from '../../../provider/provider.ts';
import type { Expectation } from '../activity-head.ts';

/** What an act is about: by its id in what was read last, or by the name that it was given. Never a secret. */
export interface Subject {
  readonly id?: string;
  readonly name?: string;
  readonly detail?: string;
}

export interface OwnAct {
  readonly act: ActivityAct;
  readonly area: ActivityArea;
  readonly subject?: Subject;
  /** How many it is about, if not one. */
  readonly count?: number;
  /** What it explains, should a reading show it. */
  readonly explains?: readonly Explained[];
  /** What says that it was done: its entry, if left out; the change that a reading shows; or both. */
  readonly toldBy?: 'change' | 'both';
}

interface Explained extends Pick<Expectation, 'area' | 'change' | 'ids'> {
  /** It comes along with what was asked for, so the entry of the act does not say it. */
  readonly isConsequence?: true;
  /** It is done on a page of the service, if at all, and so is anything else of that area. */
  readonly isOnPage?: true;
}

type Calls = Required<AccountCalls>;
type Plan<M extends keyof Calls> = Calls[M] extends (...input: infer I) => Promise<infer R>
  ? { readonly of: (...input: I) => OwnAct; readonly made?: (result: R, ...input: I) => Made }
  : never;

/** What only the answer tells. */
export interface Made {
  readonly subject?: Subject;
  /** What it made, by the ids of readings. */
  readonly ids?: readonly string[];
  /** Of those asked for, how many were refused. */
  readonly refused?: number;
}

const sessionsEnd = { area: 'sessions' as const, change: 'removed' as const };
const sessionsEndToo = { ...sessionsEnd, isConsequence: true as const };

/** There is one: the one before goes as it comes. */
const anotherApiKey = [
  { area: 'apiKey', change: 'removed', isConsequence: true },
  { area: 'apiKey', change: 'added' },
] as const;

function about(act: ActivityAct, area: ActivityArea, id: string, change?: Expectation['change']): OwnAct {
  return { act, area, subject: { id }, explains: [{ area, ids: [id], change }] };
}

/** An act whose new thing is known by its name alone until its answer comes. */
function making(act: ActivityAct, area: ActivityArea, name: string): OwnAct {
  return { act, area, subject: { name }, explains: [{ area, change: 'added' }] };
}

/** That it is on, and the recovery codes. */
const mfaItself = { area: 'mfa' as const, ids: ['mfa'] };

/** Narrow, so that a passkey which comes from elsewhere in the same minute is not taken for the person's. */
function ofMfa(act: ActivityAct, subject: Subject, ...explains: readonly Explained[]): OwnAct {
  return { act, area: 'mfa', subject, explains };
}

function enrolling(name: string): OwnAct {
  return ofMfa('mfa.enrol', { name }, { area: 'mfa', change: 'added' }, mfaItself, sessionsEndToo);
}

/**
 * Every call of an account that changes something there, or that shows a secret again: which act it is, and what of its
 * input may be noted. What is not named here is not noted.
 */
export const ownActs = {
  updateSection: { of: (section, changes) => ofProfile(Object.keys(changes).map((name) => `${section}.${name}`)) },
  updateMore: { of: (changes) => ofProfile(Object.keys(changes).map((name) => `more.${name}`)) },
  updateRecord: {
    of: (all) =>
      ofProfile(
        Object.entries(all).flatMap(([section, part]) =>
          Object.keys(part?.changes ?? {}).map((name) => `${section}.${name}`),
        ),
      ),
  },
  resendEmailLink: { of: () => ({ act: 'email.resendLink', area: 'profile' }) },
  cancelEmailChange: { of: () => ({ act: 'email.cancelChange', area: 'profile' }) },
  addEmail: {
    of: (email) => ({
      ...making('emails.add', 'emails', email),
      // Many services write it in small letters.
      explains: [{ area: 'emails', ids: [email, email.toLowerCase()], change: 'added' }],
    }),
  },
  removeEmail: { of: (id) => about('emails.remove', 'emails', id, 'removed') },
  makeEmailPrimary: {
    of: (id) => ({
      ...about('emails.makePrimary', 'emails', id),
      explains: [
        { area: 'emails', change: 'changed' },
        { area: 'profile', ids: ['contact.email'], isConsequence: true },
      ],
    }),
  },
  sendEmailVerification: { of: (id) => ({ act: 'emails.sendVerification', area: 'emails', subject: { id } }) },
  changePassword: {
    of: ({ endOtherSessions }) => ({
      act: 'password.change',
      area: 'password',
      explains: endOtherSessions ? [sessionsEndToo] : [],
    }),
  },
  requestPasswordReset: { of: () => ({ act: 'password.requestReset', area: 'password' }) },
  confirmEnrolment: { of: (_enrolment, _code, name) => enrolling(name) },
  useSecret: { of: (_secret, _code, name) => enrolling(name) },
  renameDevice: { of: (deviceId) => about('mfa.renameDevice', 'mfa', `device ${deviceId}`, 'changed') },
  removeDevice: {
    of: (deviceId) => {
      const id = `device ${deviceId}`;
      return ofMfa('mfa.removeDevice', { id }, { area: 'mfa', ids: [id] }, mfaItself, sessionsEndToo);
    },
  },
  turnOffMfa: { of: () => ofMfa('mfa.turnOff', {}, { area: 'mfa', change: 'removed' }, mfaItself, sessionsEndToo) },
  recoveryCodes: { of: () => ({ act: 'recoveryCodes.show', area: 'mfa' }) },
  renewRecoveryCodes: { of: () => ({ act: 'recoveryCodes.renew', area: 'mfa', explains: [mfaItself] }) },
  closeSessions: {
    of: (ids) => ({
      act: 'sessions.close',
      area: 'sessions',
      count: ids.length,
      subject: ids.length === 1 ? { id: ids[0] ?? '' } : {},
      explains: [{ ...sessionsEnd, ids }],
    }),
    made: (open) => ({ refused: open.length }),
  },
  closeOtherSessions: { of: () => ({ act: 'sessions.closeOthers', area: 'sessions', explains: [sessionsEnd] }) },
  makeApiKey: {
    of: ({ name }) => ({ ...making('apiKey.generate', 'apiKey', name), explains: anotherApiKey }),
    made: ({ key }) => madeApiKey(key),
  },
  rotateApiKey: {
    of: () => ({ act: 'apiKey.rotate', area: 'apiKey', explains: anotherApiKey }),
    made: ({ key }) => madeApiKey(key),
  },
  revealApiKey: { of: () => ({ act: 'apiKey.reveal', area: 'apiKey' }) },
  removeApiKey: {
    of: () => ({ act: 'apiKey.remove', area: 'apiKey', explains: [{ area: 'apiKey', change: 'removed' }] }),
  },
  makeAccessKey: {
    of: ({ name }) => making('accessKeys.create', 'accessKeys', name),
    made: ({ key }) => ({ subject: { name: key.name, detail: key.id }, ids: [key.id] }),
  },
  rotateAccessKey: {
    of: (id) => ({ ...about('accessKeys.rotate', 'accessKeys', id), explains: [{ area: 'accessKeys' }] }),
    made: ({ key }, id) => ({ ids: [id, key.id] }),
  },
  setAccessKeyActive: {
    of: (id, isActive) => about(isActive ? 'accessKeys.start' : 'accessKeys.stop', 'accessKeys', id, 'changed'),
  },
  removeAccessKey: { of: (id) => about('accessKeys.remove', 'accessKeys', id, 'removed') },
  addSshKey: {
    of: (title) => making('sshKeys.add', 'sshKeys', title),
    made: ({ id, title, sha256 }) => ({ subject: { name: title, detail: sha256 }, ids: [id] }),
  },
  renameSshKey: { of: (id) => ({ ...about('sshKeys.rename', 'sshKeys', id), toldBy: 'change' }) },
  removeSshKey: { of: (id) => about('sshKeys.remove', 'sshKeys', id, 'removed') },
  proveSshKey: { of: (id) => ({ act: 'sshKeys.verify', area: 'sshKeys', subject: { id } }) },
  linkIdentity: { of: (issuer) => making('linkedAccounts.link', 'linkedAccounts', hostOf(issuer)) },
  unlinkIdentity: { of: (id) => about('linkedAccounts.unlink', 'linkedAccounts', id, 'removed') },
  withdrawApplication: {
    of: (id) => ({
      ...about('applications.withdraw', 'applications', id),
      explains: [{ area: 'applications', ids: [id] }, sessionsEndToo],
    }),
  },
  handOff: { of: (operation) => ofPage(operation) },
  deleteAccount: { of: () => ({ act: 'deletion.remove', area: 'account' }) },
  signOut: { of: () => ({ act: 'account.signOut', area: 'account' }) },
  revokeToken: { of: () => ({ act: 'account.revokeToken', area: 'account' }) },
} as const satisfies { readonly [M in keyof Calls]?: Plan<M> };

export type ActMethod = keyof typeof ownActs;

function ofProfile(paths: readonly string[]): OwnAct {
  return {
    act: 'profile.update',
    area: 'profile',
    explains: [{ area: 'profile', ids: paths }],
    toldBy: 'change',
  };
}

/** What the person does on a page of the service, only a reading tells. */
function ofPage(operation: Operation): OwnAct {
  const area = areasOfPages[operation.split('.')[0] ?? ''] ?? 'profile';
  return {
    act: 'handOff.open',
    area,
    subject: { name: operation },
    explains: [{ area, isOnPage: true }],
    toldBy: 'both',
  };
}

const areasOfPages: Readonly<Record<string, ActivityArea>> = {
  emails: 'emails',
  password: 'password',
  mfa: 'mfa',
  recoveryCodes: 'mfa',
  passkeys: 'mfa',
  sessions: 'sessions',
  apiKey: 'apiKey',
  accessKeys: 'accessKeys',
  sshKeys: 'sshKeys',
  linkedAccounts: 'linkedAccounts',
  applications: 'applications',
  deletion: 'account',
};

function madeApiKey({ name, createdAt, lastFour }: ApiKeyFacts): Made {
  return { subject: { name, detail: `••••${lastFour}` }, ids: [`${createdAt} ${lastFour}`] };
}

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
