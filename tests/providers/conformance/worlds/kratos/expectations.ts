import { byApp, byPage, type Expectations } from '../../expectations.ts';

/** With an authenticator app, recovery codes, passkeys and an identity provider switched on by its operator. */
export const kratosExpectations: Expectations = {
  'profile.update': byApp,
  'email.change': byApp,
  'password.change': byApp,
  'mfa.enrol': byApp,
  'mfa.removeDevice': byApp,
  'mfa.turnOff': byApp,
  'recoveryCodes.show': byApp,
  'recoveryCodes.renew': byApp,
  'passkeys.add': byPage,
  'sessions.close': byApp,
  'sessions.closeOthers': byApp,
  'linkedAccounts.link': byPage,
  'linkedAccounts.unlink': byApp,
};
