import { byApp, byPage, type Expectations } from '../../expectations.ts';

export const elasticIoExpectations: Expectations = {
  'profile.update': byPage,
  'email.change': byPage,
  'avatar.change': byPage,
  'password.change': byPage,
  'mfa.enrol': byPage,
  'sessions.close': byPage,
  'apiKey.generate': byPage,
  'sshKeys.add': byApp,
  'sshKeys.remove': byApp,
  'deletion.remove': byPage,
};
