import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../clock.ts';
import { answers } from '../../http/answers.ts';
import { identify } from '../../access/caller.ts';
import { operations, type Feature } from '../../access/feature.ts';
import type { FindKeyHolder } from '../../access/key-holder.ts';
import type { Preset } from '../../presets/preset.ts';
import { version } from '../../version.ts';
import type { IdentityProvider } from '../identities/identities.schemas.ts';
import type { MfaService } from '../mfa/mfa.service.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import { profileAccess, type SectionAccess } from '../../accounts/field-access.ts';
import type { SessionsStore } from '../../accounts/sessions.store.ts';
import { metaSchema, type Meta } from './meta.schemas.ts';

export interface MetaDeps {
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly mfa: MfaService;
  readonly findKeyHolder: FindKeyHolder;
  readonly preset: Preset;
  readonly clock: Clock;
  readonly identityProviders: readonly IdentityProvider[];
  /** All other features, for what they offer. */
  readonly features: readonly Feature[];
}

export function metaFeature({
  accounts,
  sessions,
  mfa,
  findKeyHolder,
  preset,
  clock,
  identityProviders,
  features,
}: MetaDeps): Feature {
  const offered = new Set(features.flatMap(({ offers }) => offers));
  const capabilities = Object.fromEntries(
    operations.map((operation) => [operation, offered.has(operation) ? 'offered' : 'not-offered']),
  ) as Meta['capabilities'];

  /** What depends on who asks: nothing without a token. */
  function personal(request: FastifyRequest): Pick<Meta, 'accountId' | 'mfa' | 'permissions' | 'fields'> {
    if (request.headers.authorization === undefined) return {};
    const accountId = findKeyHolder(request) ?? identify(request, sessions).accountId;
    const permissions = accounts.readPermissions(accountId);
    const others = Object.assign({}, ...features.map(({ access }) => access?.(permissions))) as Record<
      string,
      SectionAccess
    >;
    return {
      accountId,
      mfa: { isOn: mfa.isOn(accountId), isForced: accounts.isMfaForced(accountId) },
      permissions,
      fields: { ...others, ...profileAccess(preset, permissions) },
    };
  }

  return {
    offers: [],
    register(app) {
      const texts = { summary: 'Read what this service offers and permits', description: 'More with an access token.' };
      app.get(
        '/meta',
        {
          schema: { tags: ['meta'], security: [{}, { bearer: [] }], ...texts, response: answers({ 200: metaSchema }) },
        },
        async (request) => {
          return {
            name: preset.name,
            preset: preset.id,
            version,
            serverTime: new Date(clock.now()).toISOString(),
            capabilities,
            policies: preset.policies,
            identityProviders: [...identityProviders],
            ...personal(request),
          };
        },
      );
    },
  };
}
