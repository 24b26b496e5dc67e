import { byApp, byPage, type Expectations } from '../../expectations.ts';

export const cxoneExpectations: Expectations = {
  'profile.update': byPage,
  'email.change': byPage,
  'password.change': byPage,
  'mfa.enrol': byPage,
  // Which permission it takes is told by the first refusal.
  'accessKeys.create': byApp,
  'accessKeys.remove': byApp,
};
