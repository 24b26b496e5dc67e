import { byAppWith, byPage, byPageWith, type Expectations } from '../../expectations.ts';

const managing = byAppWith('manage-account');

/**
 * As a new realm lets people do, and with passkeys, recovery codes, deletion and another identity provider switched on.
 */
export const keycloakExpectations: Expectations = {
  'profile.update': managing,
  'email.change': byPage,
  'password.change': byPage,
  'mfa.enrol': byPage,
  'mfa.renameDevice': managing,
  'mfa.removeDevice': byPage,
  'recoveryCodes.renew': byPage,
  'passkeys.add': byPage,
  'passkeys.remove': byPage,
  'sessions.close': managing,
  'sessions.closeOthers': managing,
  'linkedAccounts.link': byPageWith('manage-account'),
  'linkedAccounts.unlink': managing,
  'applications.withdraw': managing,
  'deletion.remove': byPageWith('delete-account'),
};
