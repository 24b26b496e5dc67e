import type { Feature } from '../access/feature.ts';
import { createRequirePermission } from '../access/require-permission.ts';
import type { createAuthService } from './auth/auth.service.ts';
import type { FeatureDeps, Guards } from './feature-deps.ts';
import { createVerifyIdToken } from './identities/id-token.ts';
import { identitiesFeature, identitySignInFeature } from './identities/identities.routes.ts';
import { createIdentitiesService } from './identities/identities.service.ts';

/** Identity providers, where this server was told of any. */
export function createIdentityFeatures(
  deps: FeatureDeps,
  { auth, notify, requireCaller, requireReauth }: Guards & { readonly auth: ReturnType<typeof createAuthService> },
): Feature[] {
  const { database, stores, clock, preset, identityProviders: providers, origins } = deps;
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
