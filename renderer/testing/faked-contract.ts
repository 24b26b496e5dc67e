import { contract } from '../../shared/contract/index.ts';
import { activityContract } from './fake-activity.ts';
import { apiCallsContract } from './fake-api-calls.ts';
import { applicationsContract } from './fake-applications.ts';
import { sshKeysContract } from './fake-ssh-keys.ts';
import { handOffContract } from './fake-hand-off.ts';
import { linkedAccountsContract } from './fake-linked-accounts.ts';
import { keysContract } from './fake-keys.ts';
import { demoContract } from './fake-demo.ts';
import { deletionContract } from './fake-deletion.ts';
import { draftsContract } from './fake-drafts.ts';
import { emailChangeContract } from './fake-email-change.ts';
import { emailsContract } from './fake-emails.ts';
import { securityContract } from './fake-security.ts';
import { sessionsContract } from './fake-sessions.ts';
import { transferContract } from './fake-transfer.ts';
import { vaultContract } from './fake-vault.ts';

const { app, settings, accounts, auth, profile } = contract;

/** The part of the contract that this fake answers. */
export const fakedContract = {
  app,
  settings,
  accounts,
  auth,
  profile,
  ...securityContract,
  ...sessionsContract,
  ...keysContract,
  ...linkedAccountsContract,
  ...sshKeysContract,
  ...activityContract,
  ...apiCallsContract,
  ...applicationsContract,
  ...deletionContract,
  ...demoContract,
  ...draftsContract,
  ...emailChangeContract,
  ...emailsContract,
  ...handOffContract,
  ...transferContract,
  ...vaultContract,
};
