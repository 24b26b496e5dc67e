import { byApp, byAppWith, type Expectations } from '../../expectations.ts';

/** With everything on that its presets have. */
export const referenceExpectations: Expectations = {
  'profile.update': byApp,
  'email.change': byApp,
  'avatar.change': byApp,
  'avatar.remove': byApp,
  'password.change': byApp,
  'password.requestReset': byApp,
  'mfa.enrol': byApp,
  'mfa.useSecret': byApp,
  'mfa.removeDevice': byApp,
  'mfa.turnOff': byApp,
  'recoveryCodes.show': byApp,
  'recoveryCodes.renew': byApp,
  'sessions.close': byApp,
  'sessions.closeOthers': byApp,
  'apiKey.generate': byAppWith('API Key Manage'),
  'accessKeys.create': byAppWith('Access Key Create'),
  'accessKeys.remove': byApp,
  'sshKeys.add': byAppWith('global.sshkey.edit'),
  'sshKeys.remove': byAppWith('global.sshkey.edit'),
  'sshKeys.verify': byAppWith('global.sshkey.edit'),
  'linkedAccounts.link': byAppWith('Users Edit'),
  'linkedAccounts.unlink': byAppWith('Users Edit'),
  'deletion.remove': byApp,
};
