import { AppError } from '../../../../shared/contract/errors.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import type { AccountApi } from '../account-api.ts';
import type { AccountApplications } from '../account-applications.ts';
import type { AccountDeletion } from '../account-deletion.ts';
import type { AccountEmailChange } from '../account-email-change.ts';
import type { AccountEmails } from '../account-emails.ts';
import type { AccountHandOff } from '../account-hand-off.ts';
import type { AccountKeys } from '../account-keys.ts';
import type { ProviderLinkedAccounts } from '../account-linked-accounts.ts';
import type { AccountDeviceNames, AccountProtection } from '../account-protection.ts';
import type { AccountSessions } from '../account-sessions.ts';
import type { AccountSshKeys } from '../account-ssh-keys.ts';
import type { AccountCalls } from '../provider.ts';

// What a service does not know, resource by resource: a provider spreads these and puts its own over them. Reading one
// gives the state of something that is not there; an act is refused.

const access: FieldAccess = { kind: 'not-offered' };
const refuse = (): Promise<never> => Promise.reject(new AppError('not-offered'));

const deletion: AccountDeletion = { readDeletion: refuse, deleteAccount: refuse };

const emailChange: AccountEmailChange = {
  pendingEmail: () => Promise.resolve(null),
  resendEmailLink: refuse,
  cancelEmailChange: refuse,
};

const emails: AccountEmails = {
  readEmails: refuse,
  addEmail: refuse,
  removeEmail: refuse,
  makeEmailPrimary: refuse,
  sendEmailVerification: refuse,
};

const keys: AccountKeys = {
  apiKeyState: () => Promise.resolve({ access, offers: [], url: '', key: null }),
  makeApiKey: refuse,
  rotateApiKey: refuse,
  revealApiKey: refuse,
  removeApiKey: refuse,
  tryApiKey: refuse,
  accessKeysState: () => Promise.resolve({ access, offers: [], keys: [], limit: null }),
  makeAccessKey: refuse,
  rotateAccessKey: refuse,
  setAccessKeyActive: refuse,
  removeAccessKey: refuse,
  tryAccessKey: refuse,
};

const protection: AccountProtection = {
  // It asks for no proof before an act: there is none that could be given.
  reauthWindow: () => Promise.resolve({ remaining: 0, windowSeconds: 0, proofs: [] }),
  reauthenticate: refuse,
  endReauth: refuse,
  passwordPolicy: refuse,
  changePassword: refuse,
  requestPasswordReset: refuse,
  mfaStatus: () =>
    Promise.resolve({ isOn: false, isForced: false, devices: [], passkeys: [], recoveryCodes: null, offers: [] }),
  beginEnrolment: refuse,
  confirmEnrolment: refuse,
  useSecret: refuse,
  removeDevice: refuse,
  turnOffMfa: refuse,
  recoveryCodes: refuse,
  renewRecoveryCodes: refuse,
  serverNow: refuse,
};

const deviceNames: AccountDeviceNames = { renameDevice: refuse };

const sessions: AccountSessions = { readSessions: refuse, closeSessions: refuse, closeOtherSessions: refuse };

const linkedAccounts: ProviderLinkedAccounts = {
  linkedAccounts: () => Promise.resolve({ access, providers: [], linkedAccounts: [] }),
  linkNonce: refuse,
  linkIdentity: refuse,
  unlinkIdentity: refuse,
};

const applications: AccountApplications = { readApplications: refuse, withdrawApplication: refuse };

const sshKeys: AccountSshKeys = {
  sshKeysState: () => Promise.resolve({ access, canVerify: false, canRename: false, limit: null, keys: [] }),
  addSshKey: refuse,
  renameSshKey: refuse,
  removeSshKey: refuse,
  proveSshKey: refuse,
};

const handOff: AccountHandOff = { handOff: refuse };

const token: Pick<AccountCalls, 'revokeToken'> = { revokeToken: refuse };

const api: Pick<AccountApi<AccountCalls>, 'apiOperations' | 'prepare'> = { apiOperations: refuse, prepare: refuse };

/** All that an account may lack. What is missing in it, each provider must have. */
export const absentResources = {
  ...deletion,
  ...emailChange,
  ...emails,
  ...keys,
  ...protection,
  ...deviceNames,
  ...sessions,
  ...linkedAccounts,
  ...applications,
  ...sshKeys,
  ...handOff,
  ...token,
  ...api,
};
