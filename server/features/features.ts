import { createCallerScope, type CallerScope } from '../access/caller-scope.ts';
import type { Feature } from '../access/feature.ts';
import { createFindKeyHolder } from '../access/key-holder.ts';
import { createRequireReauth, type RequireReauth } from '../access/require-reauth.ts';
import { createNotify } from '../mail/notices.ts';
import { createSendMail } from '../mail/send-mail.ts';
import { authFeature } from './auth/auth.routes.ts';
import { createAuthService } from './auth/auth.service.ts';
import { createDeviceTokens } from '../proofs/device-tokens.ts';
import { createProofs } from '../proofs/proofs.ts';
import { createRefreshReplies } from './auth/refresh-replies.ts';
import { createSecondFactor } from '../proofs/second-factor.ts';
import { deletionFeature } from './deletion/deletion.routes.ts';
import { createDeletionService } from './deletion/deletion.service.ts';
import { emailChangeFeature } from './email-change/email-change.routes.ts';
import { createEmailChangeService } from './email-change/email-change.service.ts';
import { emailPagesFeature } from './email-change/email-pages.ts';
import { createIdentityFeatures } from './identity-features.ts';
import { createKeyFeatures } from './key-features.ts';
import { metaFeature } from './meta/meta.routes.ts';
import { createEnrolmentService } from './mfa/enrolment.service.ts';
import { mfaFeature } from './mfa/mfa.routes.ts';
import { createMfaService } from './mfa/mfa.service.ts';
import { notificationsFeature, notificationTriggersFeature } from './notifications/notifications.routes.ts';
import { createNotificationsService } from './notifications/notifications.service.ts';
import { outboxFeature } from './outbox/outbox.routes.ts';
import { passwordFeature, passwordResetFeature } from './password/password.routes.ts';
import { createPasswordService } from './password/password.service.ts';
import { createResetRequests } from './password/reset-requests.ts';
import { createResetService } from './password/reset.service.ts';
import { profileFeature } from './profile/profile.routes.ts';
import { createProfileService } from './profile/profile.service.ts';
import { reauthFeature } from './reauth/reauth.routes.ts';
import { createReauthService } from './reauth/reauth.service.ts';
import { recoveryCodesFeature } from './recovery-codes/recovery-codes.routes.ts';
import { sessionsFeature } from './sessions/sessions.routes.ts';
import { workplaceFeature } from './workplace/workplace.routes.ts';

import type { FeatureDeps } from './feature-deps.ts';
/** The list of features: a new one adds its stores above and its routes here. */
export function createFeatures(deps: FeatureDeps): Feature[] {
  const { stores, clock, preset, outbox, isDevelopment, identityProviders } = deps;
  const { accounts, sessions } = stores;
  const { auth, mfa, enrolment, password, resets, resetRequests, emailChange, reauth, notify } = createServices(deps);
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
    profileFeature(createProfileService({ ...deps, accounts, emailChange, notify }), requireCaller, requireReauth),
    emailChangeFeature(emailChange, requireCaller),
    emailPagesFeature(emailChange),
    passwordFeature(password, resets, requireCaller),
    passwordResetFeature(resets, resetRequests, preset.policies.password),
    mfaFeature({ mfa, enrolment, offers: preset.mfa.offers, requireCaller, requireReauth }),
    ...(preset.mfa.hasRecoveryCodes ? [recoveryCodesFeature({ ...stores, notify, requireCaller, requireReauth })] : []),
    sessionsFeature(sessions, requireCaller),
    ...notificationFeatures(deps, requireCaller),
    ...(preset.workplace
      ? [workplaceFeature({ ...stores, database: deps.database, rules: preset.workplace, requireCaller })]
      : []),
    ...deletionFeatures(deps, requireCaller, requireReauth),
    ...createKeyFeatures(deps, { notify, requireCaller, requireReauth }),
    ...createIdentityFeatures(deps, { auth, notify, requireCaller, requireReauth }),
    ...(isDevelopment ? [outboxFeature(outbox)] : []),
  ];
  return [
    ...features,
    metaFeature({ accounts, sessions, mfa, findKeyHolder, preset, clock, identityProviders, features }),
  ];
}

function deletionFeatures(
  { database, stores, preset, mails, identityProviders }: FeatureDeps,
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
  { database, stores, clock, preset, mails, isDevelopment }: FeatureDeps,
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

function createServices(deps: FeatureDeps) {
  const { database, stores, clock, preset, passwords, outbox, mails, report, linkBase, resetInterval } = deps;
  const { accounts } = stores;
  const notify = createNotify(accounts, createSendMail(mails, report));
  const secondFactor = createSecondFactor({ ...stores, notify });
  const proofs = createProofs({ ...stores, passwords, secondFactor });
  const common = {
    ...{ ...stores, database, clock, preset, passwords, outbox, mails, linkBase },
    ...{ notify, secondFactor, proofs, deviceTokens: createDeviceTokens(database.secrets, accounts) },
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
