import { byApp, byAppWith, type Expectations } from '../../expectations.ts';

const withProfile = byAppWith('g_profile');

/** With an authenticator app, recovery codes and the change of the e-mail address set up by its administrator. */
export const glewlwydExpectations: Expectations = {
  'profile.update': withProfile,
  'email.change': byApp,
  'password.change': withProfile,
  'mfa.enrol': withProfile,
  'mfa.useSecret': withProfile,
  'mfa.removeDevice': withProfile,
  'mfa.turnOff': withProfile,
  'recoveryCodes.renew': byApp,
  'sessions.close': withProfile,
  'sessions.closeOthers': withProfile,
  'deletion.remove': withProfile,
};
