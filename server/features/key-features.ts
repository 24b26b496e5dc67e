import type { Feature } from '../access/feature.ts';
import { createRequirePermission } from '../access/require-permission.ts';
import { accessKeysFeature, accessKeyTokenFeature } from './program-keys/access-keys.routes.ts';
import { createAccessKeysService } from './program-keys/access-keys.service.ts';
import { apiKeyFeature } from './program-keys/api-key.routes.ts';
import { createApiKeyService } from './program-keys/api-key.service.ts';
import type { FeatureDeps, Guards } from './feature-deps.ts';
import { identityKeysFeature, identityKeyUseFeature } from './identity-keys/identity-keys.routes.ts';
import { createIdentityKeysService } from './identity-keys/identity-keys.service.ts';

/** Keys for programs and for SSH, as far as this kind of provider has them. */
export function createKeyFeatures(deps: FeatureDeps, guards: Guards): Feature[] {
  return [...apiKeyFeatures(deps, guards), ...accessKeyFeatures(deps, guards), ...identityKeyFeatures(deps, guards)];
}

function apiKeyFeatures(
  { stores, clock, preset: { apiKey: rules } }: FeatureDeps,
  { notify, ...guards }: Guards,
): Feature[] {
  if (!rules) return [];
  const requirePermission = createRequirePermission(stores.accounts);
  const service = createApiKeyService({ apiKeys: stores.apiKeys, notify, clock, rules, requirePermission });
  return [apiKeyFeature({ service, rules, ...guards })];
}

function accessKeyFeatures(
  { database, stores, clock, preset: { accessKeys: rules } }: FeatureDeps,
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
  { database, stores, preset: { identityKeys: rules }, isDevelopment, origins }: FeatureDeps,
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
