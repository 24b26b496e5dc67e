import type { Operation } from '../../../shared/contract/account/operations.ts';
import type { TextKey } from '../../lib/i18n/text.ts';

/** What is done on whose page; the others are not known to be handed off by any service. */
const labels: Readonly<Partial<Record<Operation, TextKey>>> = {
  'profile.update': 'handOff.profileUpdate',
  'email.change': 'handOff.emailChange',
  'emails.makePrimary': 'handOff.emailsMakePrimary',
  'emails.sendVerification': 'handOff.emailsSendVerification',
  'avatar.change': 'handOff.avatarChange',
  'avatar.remove': 'handOff.avatarRemove',
  'password.change': 'handOff.passwordChange',
  'mfa.enrol': 'handOff.mfaEnrol',
  'mfa.removeDevice': 'handOff.mfaRemoveDevice',
  'mfa.turnOff': 'handOff.mfaTurnOff',
  'recoveryCodes.renew': 'handOff.recoveryCodesRenew',
  'passkeys.add': 'handOff.passkeysAdd',
  'passkeys.remove': 'handOff.passkeysRemove',
  'sshKeys.verify': 'handOff.sshKeysVerify',
  'accessKeys.create': 'handOff.accessKeysCreate',
  'sessions.close': 'handOff.sessionsClose',
  'apiKey.generate': 'handOff.apiKeyGenerate',
  'linkedAccounts.link': 'handOff.linkedAccountsLink',
  'linkedAccounts.unlink': 'handOff.linkedAccountsUnlink',
  'deletion.remove': 'handOff.deletionRemove',
};

export function handOffLabel(operation: Operation): TextKey {
  return labels[operation] ?? 'handOff.other';
}
