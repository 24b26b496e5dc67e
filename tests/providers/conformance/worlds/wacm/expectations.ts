import { byPage, type Expectations } from '../../expectations.ts';

export const wacmExpectations: Expectations = {
  'profile.update': byPage,
  'email.change': byPage,
  'password.change': byPage,
  'mfa.enrol': byPage,
  'apiKey.generate': byPage,
};
