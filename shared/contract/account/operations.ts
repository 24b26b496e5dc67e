/**
 * What a provider can do for a person: the closed list that screens, services and providers share (R1). An operation
 * has the name of its call where there is one.
 */
export const operations = [
  'profile.update',
  'email.change',
  'emails.add',
  'emails.remove',
  'emails.makePrimary',
  'emails.sendVerification',
  'avatar.change',
  'avatar.remove',
  'password.change',
  'password.requestReset',
  'mfa.enrol',
  'mfa.useSecret',
  'mfa.renameDevice',
  'mfa.removeDevice',
  'mfa.turnOff',
  'recoveryCodes.show',
  'recoveryCodes.renew',
  'passkeys.add',
  'passkeys.remove',
  'sessions.close',
  'sessions.closeOthers',
  'apiKey.generate',
  'accessKeys.create',
  'accessKeys.rotate',
  'accessKeys.remove',
  'sshKeys.add',
  'sshKeys.remove',
  'sshKeys.verify',
  'linkedAccounts.link',
  'linkedAccounts.unlink',
  'applications.withdraw',
  'deletion.remove',
] as const;
export type Operation = (typeof operations)[number];
