import { byAppWith, byPage, type Expectations } from '../../expectations.ts';

const writing = byAppWith('api');

export const gitlabExpectations: Expectations = {
  'profile.update': byPage,
  'email.change': byPage,
  'emails.add': writing,
  'emails.remove': writing,
  'emails.makePrimary': byPage,
  'emails.sendVerification': byPage,
  'avatar.change': writing,
  'avatar.remove': byPage,
  'password.change': byPage,
  'mfa.enrol': byPage,
  'mfa.turnOff': byPage,
  'recoveryCodes.renew': byPage,
  'sessions.close': byPage,
  'accessKeys.create': byPage,
  'accessKeys.rotate': writing,
  'accessKeys.remove': writing,
  'sshKeys.add': writing,
  'sshKeys.remove': writing,
  'linkedAccounts.unlink': byPage,
  'deletion.remove': byPage,
};
