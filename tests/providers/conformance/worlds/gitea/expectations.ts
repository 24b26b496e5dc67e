import { byAppWith, byPage, type Expectations } from '../../expectations.ts';

const writing = byAppWith('write:user');

export const giteaExpectations: Expectations = {
  'profile.update': writing,
  'email.change': byPage,
  'emails.add': writing,
  'emails.remove': writing,
  'emails.makePrimary': byPage,
  'emails.sendVerification': byPage,
  'avatar.change': writing,
  'avatar.remove': writing,
  'password.change': byPage,
  'mfa.enrol': byPage,
  'passkeys.add': byPage,
  'accessKeys.create': byPage,
  'sshKeys.add': writing,
  'sshKeys.remove': writing,
  'sshKeys.verify': byPage,
  'deletion.remove': byPage,
};
