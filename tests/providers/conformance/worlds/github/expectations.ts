import { byAppWith, byPage, type Expectations } from '../../expectations.ts';

const writing = byAppWith('user');

export const githubExpectations: Expectations = {
  'profile.update': writing,
  'email.change': byPage,
  'emails.add': writing,
  'emails.remove': writing,
  'emails.makePrimary': byPage,
  'emails.sendVerification': byPage,
  'avatar.change': byPage,
  'password.change': byPage,
  'mfa.enrol': byPage,
  'mfa.turnOff': byPage,
  'recoveryCodes.renew': byPage,
  'passkeys.add': byPage,
  'accessKeys.create': byPage,
  'sessions.close': byPage,
  'sshKeys.add': byAppWith('write:public_key'),
  'sshKeys.remove': byAppWith('admin:public_key'),
  'deletion.remove': byPage,
};
