import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createCallerScope, type CallerScope } from '../http/caller-scope.ts';
import type { ReportInternal } from '../http/error-handling.ts';
import type { Feature } from '../http/feature.ts';
import { createIdempotencyStore } from '../http/idempotency.store.ts';
import { createFindKeyHolder } from '../http/key-holder.ts';
import { createRequireReauth, type RequireReauth } from '../http/require-reauth.ts';
import { createNotify } from '../mail/notices.ts';
import { createSendMail } from '../mail/send-mail.ts';
import type { MailQueue } from '../mail/mail-queue.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Policies, Preset } from '../presets/preset.ts';
import type { PasswordHasher } from '../security/passwords.ts';
import { createAccessKeysStore } from './access-keys/access-keys.store.ts';
import { createApiKeyStore } from './api-key/api-key.store.ts';
import { authFeature } from './auth/auth.routes.ts';
import { createAuthService } from './auth/auth.service.ts';
import { createChallengesStore } from './auth/challenges.store.ts';
import { createCodeFailuresStore } from './auth/code-failures.store.ts';
import { createLockOutStore } from './auth/lock-out.store.ts';
import { createProofs } from './auth/proofs.ts';
import { createRefreshReplies } from './auth/refresh-replies.ts';
import { createSecondFactor } from './auth/second-factor.ts';
import { deletionFeature } from './deletion/deletion.routes.ts';
import { createDeletionService } from './deletion/deletion.service.ts';
import { emailChangeFeature } from './email-change/email-change.routes.ts';
import { createEmailChangeService } from './email-change/email-change.service.ts';
import { createEmailChangesStore } from './email-change/email-changes.store.ts';
import { emailPagesFeature } from './email-change/email-pages.ts';
import { createIdentityKeysStore } from './identity-keys/identity-keys.store.ts';
import { createIdentityFeatures } from './identity-features.ts';
import type { IdentityProvider } from './identities/identities.schemas.ts';
import { createIdentitiesStore } from './identities/identities.store.ts';
import { createKeyFeatures } from './key-features.ts';
import { metaFeature } from './meta/meta.routes.ts';
import { createDevicesStore } from './mfa/devices.store.ts';
import { createEnrolmentService } from './mfa/enrolment.service.ts';
import { createEnrolmentsStore } from './mfa/enrolments.store.ts';
import { createFreshFactorsStore } from './mfa/fresh-factors.store.ts';
import { mfaFeature } from './mfa/mfa.routes.ts';
import { createMfaService } from './mfa/mfa.service.ts';
import { notificationsFeature, notificationTriggersFeature } from './notifications/notifications.routes.ts';
import { createNotificationsService } from './notifications/notifications.service.ts';
import { createNotificationsStore } from './notifications/notifications.store.ts';
import { outboxFeature } from './outbox/outbox.routes.ts';
import { passwordFeature, passwordResetFeature } from './password/password.routes.ts';
import { createPasswordService } from './password/password.service.ts';
import { createResetRequests } from './password/reset-requests.ts';
import { createResetService } from './password/reset.service.ts';
import { createResetsStore } from './password/resets.store.ts';
import { createAccountsStore } from './profile/accounts.store.ts';
import { profileFeature } from './profile/profile.routes.ts';
import { createProfileService } from './profile/profile.service.ts';
import { reauthFeature } from './reauth/reauth.routes.ts';
import { createReauthService } from './reauth/reauth.service.ts';
import { createReauthWindowsStore } from './reauth/reauth-windows.store.ts';
import { recoveryCodesFeature } from './recovery-codes/recovery-codes.routes.ts';
import { createRecoveryCodesStore } from './recovery-codes/recovery-codes.store.ts';
import { sessionsFeature } from './sessions/sessions.routes.ts';
import { createSessionsStore } from './sessions/sessions.store.ts';
import { workplaceFeature } from './workplace/workplace.routes.ts';
import { createWorkplaceStore } from './workplace/workplace.store.ts';

/** Everything that is kept. Also the way for tests to take a permission away or to add a device. */
export type Stores = ReturnType<typeof createStores>;

/** `most`: sessions of one person. */
export function createStores(database: Database, clock: Clock, policies: Policies, most?: number) {
  return {
    accounts: createAccountsStore(database, clock),
    sessions: createSessionsStore(database, clock, policies.session, most),
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

export interface FeatureParts {
  readonly database: Database;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly preset: Preset;
  readonly passwords: PasswordHasher;
  readonly outbox: Outbox;
  readonly mails: MailQueue;
  readonly report: ReportInternal;
  /** Shows the mails to whoever asks on this computer, and makes them due. */
  readonly isDevelopment: boolean;
  readonly identityProviders: readonly IdentityProvider[];
  /** Where clients reach this server; known once it listens. */
  readonly origins: () => ReadonlySet<string>;
  /** Where the links of mails lead. */
  readonly linkBase: () => string;
  /** Milliseconds. */
  readonly resetInterval: number;
}

/** The list of features: a new one adds its stores above and its routes here. */
export function createFeatures(parts: FeatureParts): Feature[] {
  const { stores, clock, preset, outbox, isDevelopment, identityProviders } = parts;
  const { accounts, sessions } = stores;
  const { auth, mfa, enrolment, password, resets, resetRequests, emailChange, reauth, notify } = createServices(parts);
  const findKeyHolder = createFindKeyHolder({ ...stores, acceptsBasic: preset.apiKey?.style === 'replace' });
  const requireCaller = createCallerScope({
    sessions,
    answers: stores.idempotency,
    mustEnrol: mfa.mustEnrol,
    findKeyHolder,
  });
  const requireReauth = createRequireReauth(clock);
  const features = [
    authFeature(auth, sessions),
    reauthFeature(reauth, requireCaller),
    profileFeature(createProfileService({ ...parts, accounts, emailChange, notify }), requireCaller, requireReauth),
    emailChangeFeature(emailChange, requireCaller),
    emailPagesFeature(emailChange),
    passwordFeature(password, resets, requireCaller),
    passwordResetFeature(resets, resetRequests, preset.policies.password),
    mfaFeature({ mfa, enrolment, offers: preset.mfa.offers, requireCaller, requireReauth }),
    ...(preset.mfa.hasRecoveryCodes ? [recoveryCodesFeature({ ...stores, notify, requireCaller, requireReauth })] : []),
    sessionsFeature(sessions, requireCaller),
    ...notificationFeatures(parts, requireCaller),
    ...(preset.workplace
      ? [workplaceFeature({ ...stores, database: parts.database, rules: preset.workplace, requireCaller })]
      : []),
    ...deletionFeatures(parts, requireCaller, requireReauth),
    ...createKeyFeatures(parts, { notify, requireCaller, requireReauth }),
    ...createIdentityFeatures(parts, { auth, notify, requireCaller, requireReauth }),
    ...(isDevelopment ? [outboxFeature(outbox)] : []),
  ];
  return [
    ...features,
    metaFeature({ accounts, sessions, mfa, findKeyHolder, preset, clock, identityProviders, features }),
  ];
}

function deletionFeatures(
  { database, stores, preset, mails, identityProviders }: FeatureParts,
  requireCaller: CallerScope,
  requireReauth: RequireReauth,
): Feature[] {
  if (!preset.deletion) return [];
  const service = createDeletionService({
    ...stores,
    database,
    mails,
    preset,
    hasIdentities: identityProviders.length > 0,
    ownerRole: preset.deletion.ownerRole,
  });
  return [deletionFeature(service, requireCaller, requireReauth)];
}

function notificationFeatures(
  { database, stores, clock, preset, mails, isDevelopment }: FeatureParts,
  requireCaller: CallerScope,
): Feature[] {
  if (!preset.notifications) return [];
  const { notifications, accounts } = stores;
  const service = createNotificationsService({
    database,
    notifications,
    accounts,
    mails,
    clock,
    permission: preset.notifications.permission,
  });
  return [
    notificationsFeature(service, requireCaller),
    ...(isDevelopment ? [notificationTriggersFeature(service)] : []),
  ];
}

function createServices(parts: FeatureParts) {
  const { database, stores, clock, preset, passwords, outbox, mails, report, linkBase, resetInterval } = parts;
  const { accounts } = stores;
  const notify = createNotify(accounts, createSendMail(mails, report));
  const secondFactor = createSecondFactor({ ...stores, notify });
  const proofs = createProofs({ ...stores, passwords, secondFactor });
  const common = {
    ...{ ...stores, database, clock, preset, passwords, outbox, mails, linkBase },
    ...{ notify, secondFactor, proofs },
  };
  const mfa = createMfaService(common);
  const resets = createResetService(common);
  return {
    notify,
    mfa,
    resets,
    password: createPasswordService(common),
    auth: createAuthService({ ...common, replies: createRefreshReplies(clock) }),
    enrolment: createEnrolmentService({ ...common, mfa }),
    reauth: createReauthService({ ...common, windowSeconds: preset.policies.reauthWindowSeconds }),
    emailChange: createEmailChangeService(common),
    resetRequests: createResetRequests(resets, report, resetInterval),
  };
}
