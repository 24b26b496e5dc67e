import type { CallerScope } from '../http/caller-scope.ts';
import type { Feature } from '../http/feature.ts';
import { createRequirePermission } from '../http/require-permission.ts';
import type { RequireReauth } from '../http/require-reauth.ts';
import type { Notify } from '../mail/notices.ts';
import { accessKeysFeature, accessKeyTokenFeature } from './access-keys/access-keys.routes.ts';
import { createAccessKeysService } from './access-keys/access-keys.service.ts';
import { apiKeyFeature } from './api-key/api-key.routes.ts';
import { createApiKeyService } from './api-key/api-key.service.ts';
import type { FeatureParts } from './features.ts';
import { identityKeysFeature, identityKeyUseFeature } from './identity-keys/identity-keys.routes.ts';
import { createIdentityKeysService } from './identity-keys/identity-keys.service.ts';

interface Guards {
  readonly notify: Notify;
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}

/** Keys for programs and for SSH, as far as this kind of provider has them. */
export function createKeyFeatures(parts: FeatureParts, guards: Guards): Feature[] {
  return [...apiKeyFeatures(parts, guards), ...accessKeyFeatures(parts, guards), ...identityKeyFeatures(parts, guards)];
}

function apiKeyFeatures(
  { stores, clock, preset: { apiKey: rules } }: FeatureParts,
  { notify, ...guards }: Guards,
): Feature[] {
  if (!rules) return [];
  const requirePermission = createRequirePermission(stores.accounts);
  const service = createApiKeyService({ apiKeys: stores.apiKeys, notify, clock, rules, requirePermission });
  return [apiKeyFeature({ service, rules, ...guards })];
}

function accessKeyFeatures(
  { database, stores, clock, preset: { accessKeys: rules } }: FeatureParts,
  { notify, ...guards }: Guards,
): Feature[] {
  if (!rules) return [];
  const requirePermission = createRequirePermission(stores.accounts);
  const service = createAccessKeysService({
    database,
    accessKeys: stores.accessKeys,
    notify,
    clock,
    rules,
    requirePermission,
  });
  return [accessKeysFeature({ service, rules, ...guards }), accessKeyTokenFeature(service)];
}

function identityKeyFeatures(
  { database, stores, preset: { identityKeys: rules }, isDevelopment, origins }: FeatureParts,
  { notify, ...guards }: Guards,
): Feature[] {
  if (!rules) return [];
  const requirePermission = createRequirePermission(stores.accounts);
  const service = createIdentityKeysService({
    database,
    identityKeys: stores.identityKeys,
    origins,
    notify,
    rules,
    requirePermission,
  });
  return [
    identityKeysFeature({ service, rules, ...guards }),
    ...(isDevelopment ? [identityKeyUseFeature(service)] : []),
  ];
}
