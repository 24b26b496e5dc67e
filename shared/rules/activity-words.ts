// No zod in this file: the renderer loads it.

/** What of an account an entry is about. `account` is the account here: signed in and out of. */
export const activityAreas = [
  'profile',
  'sessions',
  'sshKeys',
  'apiKey',
  'accessKeys',
  'mfa',
  'emails',
  'linkedAccounts',
  'applications',
  'password',
  'account',
] as const;
export type ActivityArea = (typeof activityAreas)[number];

/** The acts that are noted, each with a subject that is no secret; nothing else of a request is. */
export const activityActs = [
  'account.signIn',
  'account.signOut',
  'account.revokeToken',
  'profile.update',
  'email.resendLink',
  'email.cancelChange',
  'emails.add',
  'emails.remove',
  'emails.makePrimary',
  'emails.sendVerification',
  'password.change',
  'password.requestReset',
  'mfa.enrol',
  'mfa.renameDevice',
  'mfa.removeDevice',
  'mfa.turnOff',
  'recoveryCodes.show',
  'recoveryCodes.renew',
  'sessions.close',
  'sessions.closeOthers',
  'apiKey.generate',
  'apiKey.rotate',
  'apiKey.reveal',
  'apiKey.remove',
  'accessKeys.create',
  'accessKeys.rotate',
  'accessKeys.start',
  'accessKeys.stop',
  'accessKeys.remove',
  'sshKeys.add',
  'sshKeys.rename',
  'sshKeys.remove',
  'sshKeys.verify',
  'linkedAccounts.link',
  'linkedAccounts.unlink',
  'applications.withdraw',
  'handOff.open',
  'deletion.remove',
] as const;
export type ActivityAct = (typeof activityActs)[number];

/** Entries kept for each account; 0 for none. */
export const activityLimits = [0, 1_000, 10_000, 100_000] as const;
