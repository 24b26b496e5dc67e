import type { CallerScope } from '../http/caller-scope.ts';
import type { Feature } from '../http/feature.ts';
import { createRequirePermission } from '../http/require-permission.ts';
import type { RequireReauth } from '../http/require-reauth.ts';
import type { Notify } from '../mail/notices.ts';
import type { createAuthService } from './auth/auth.service.ts';
import type { FeatureParts } from './features.ts';
import { createVerifyIdToken } from './identities/id-token.ts';
import { identitiesFeature, identitySignInFeature } from './identities/identities.routes.ts';
import { createIdentitiesService } from './identities/identities.service.ts';

interface Guards {
  readonly auth: ReturnType<typeof createAuthService>;
  readonly notify: Notify;
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}

/** Identity providers, where this server was told of any. */
export function createIdentityFeatures(
  parts: FeatureParts,
  { auth, notify, requireCaller, requireReauth }: Guards,
): Feature[] {
  const { database, stores, clock, preset, identityProviders: providers, origins } = parts;
  if (providers.length === 0) return [];
  const { permission } = preset.identities;
  const service = createIdentitiesService({
    ...stores,
    database,
    providers,
    verify: createVerifyIdToken(clock),
    origins,
    notify,
    permission,
    requirePermission: createRequirePermission(stores.accounts),
    signInProven: auth.signInProven,
  });
  return [identitiesFeature({ service, permission, requireCaller, requireReauth }), identitySignInFeature(service)];
}
