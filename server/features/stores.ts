import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createIdempotencyStore } from '../access/idempotency.store.ts';
import type { Policies } from '../presets/preset.ts';
import { createAccessKeysStore } from './program-keys/access-keys.store.ts';
import { createApiKeyStore } from './program-keys/api-key.store.ts';
import { createChallengesStore } from '../proofs/challenges.store.ts';
import { createCodeFailuresStore } from '../proofs/code-failures.store.ts';
import { createLockOutStore } from '../proofs/lock-out.store.ts';
import { createEmailChangesStore } from './email-change/email-changes.store.ts';
import { createIdentityKeysStore } from './identity-keys/identity-keys.store.ts';
import { createIdentitiesStore } from './identities/identities.store.ts';
import { createDevicesStore } from '../proofs/devices.store.ts';
import { createEnrolmentsStore } from './mfa/enrolments.store.ts';
import { createFreshFactorsStore } from '../proofs/fresh-factors.store.ts';
import { createNotificationsStore } from './notifications/notifications.store.ts';
import { createResetsStore } from '../proofs/resets.store.ts';
import { createAccountsStore } from '../accounts/accounts.store.ts';
import { createReauthWindowsStore } from './reauth/reauth-windows.store.ts';
import { createRecoveryCodesStore } from '../proofs/recovery-codes.store.ts';
import { createSessionsStore } from '../accounts/sessions.store.ts';
import { createWorkplaceStore } from './workplace/workplace.store.ts';

/** Everything that is kept. Also the way for tests to take a permission away or to add a device. */
export type Stores = ReturnType<typeof createStores>;

/** `most`: sessions of one person. */
export function createStores(database: Database, clock: Clock, policies: Policies, maxSessions?: number) {
  return {
    accounts: createAccountsStore(database, clock),
    sessions: createSessionsStore(database, clock, policies.session, maxSessions),
    windows: createReauthWindowsStore(database, clock, policies.reauthWindowSeconds),
    devices: createDevicesStore(database, clock),
    enrolments: createEnrolmentsStore(database, clock),
    recoveryCodes: createRecoveryCodesStore(database, clock),
    freshFactors: createFreshFactorsStore(database, clock),
    challenges: createChallengesStore(database, clock),
    lockOut: createLockOutStore(database, clock, policies.lockOut),
    codeFailures: createCodeFailuresStore(database, clock, policies.lockOut),
    resets: createResetsStore(database, clock),
    emailChanges: createEmailChangesStore(database, clock),
    accessKeys: createAccessKeysStore(database, clock),
    apiKeys: createApiKeyStore(database, clock),
    identityKeys: createIdentityKeysStore(database, clock),
    workplaces: createWorkplaceStore(database),
    notifications: createNotificationsStore(database),
    identities: createIdentitiesStore(database, clock),
    idempotency: createIdempotencyStore(database, clock),
  };
}
