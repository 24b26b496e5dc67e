import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createCallerScope } from '../http/caller-scope.ts';
import type { Feature } from '../http/feature.ts';
import { createIdempotencyStore } from '../http/idempotency.store.ts';
import type { Policies, Preset } from '../presets/preset.ts';
import type { PasswordHasher } from '../security/passwords.ts';
import { authFeature } from './auth/auth.routes.ts';
import { createAuthService } from './auth/auth.service.ts';
import { createChallengesStore } from './auth/challenges.store.ts';
import { createLockOutStore } from './auth/lock-out.store.ts';
import { createRefreshReplies } from './auth/refresh-replies.ts';
import { metaFeature } from './meta/meta.routes.ts';
import { createAccountsStore } from './profile/accounts.store.ts';
import { profileFeature } from './profile/profile.routes.ts';
import { createProfileService } from './profile/profile.service.ts';
import { sessionsFeature } from './sessions/sessions.routes.ts';
import { createSessionsStore } from './sessions/sessions.store.ts';
import { createTotpStore } from './totp/totp.store.ts';

/** Everything that is kept. Also the way for tests to take a permission away or switch TOTP on. */
export type Stores = ReturnType<typeof createStores>;

export function createStores(database: Database, clock: Clock, policies: Policies) {
  return {
    accounts: createAccountsStore(database, clock),
    sessions: createSessionsStore(database, clock, policies.session),
    totp: createTotpStore(database, clock),
    challenges: createChallengesStore(database, clock),
    lockOut: createLockOutStore(database, clock, policies.lockOut),
    idempotency: createIdempotencyStore(database, clock),
  };
}

export interface FeatureParts {
  readonly database: Database;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly preset: Preset;
  readonly passwords: PasswordHasher;
}

/** The list of features: a new one adds its stores above and its routes here. */
export function createFeatures({ database, stores, clock, preset, passwords }: FeatureParts): Feature[] {
  const { accounts, sessions } = stores;
  const requireCaller = createCallerScope(sessions, stores.idempotency);
  const auth = createAuthService({ ...stores, passwords, replies: createRefreshReplies(clock) });
  const features = [
    authFeature(auth, sessions),
    profileFeature(createProfileService(database, accounts, preset), requireCaller),
    sessionsFeature(sessions, requireCaller),
  ];
  return [...features, metaFeature({ accounts, sessions, preset, clock, features })];
}
