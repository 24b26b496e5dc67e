import type * as z from 'zod';
import { endOfNext } from '../../../shared/key-lifetime.ts';
import type { Clock } from '../../clock.ts';
import { instant, instantOrNull } from '../../http/instant.ts';
import { checkNewKey } from './new-key.ts';
import { Problem } from '../../http/problem.ts';
import type { RequirePermission } from '../../access/require-permission.ts';
import type { Notify } from '../../mail/notices.ts';
import type { ApiKeyRules } from '../../presets/preset.ts';
import type { ApiKey, apiKeyStateSchema, NewApiKey } from './api-key.schemas.ts';
import type { ApiKeyStore, StoredApiKey } from './api-key.store.ts';

export interface ApiKeyDeps {
  readonly apiKeys: ApiKeyStore;
  readonly notify: Notify;
  readonly clock: Clock;
  readonly rules: ApiKeyRules;
  readonly requirePermission: RequirePermission;
}

/**
 * The person's one key for programs. All that changes or shows it needs the permission. Errors: Problem forbidden,
 * not-found, invalid.
 */
export function createApiKeyService({ apiKeys, notify, clock, rules, requirePermission }: ApiKeyDeps) {
  function toAnswer(key: StoredApiKey): ApiKey {
    return {
      ...key,
      createdAt: instant(key.createdAt),
      lastUsedAt: instantOrNull(key.lastUsedAt),
      expiresAt: instantOrNull(key.expiresAt),
    };
  }

  function existing(accountId: string): StoredApiKey {
    const key = apiKeys.read(accountId);
    if (!key) throw new Problem('not-found');
    return key;
  }

  function make(accountId: string, name: string, expiresAt: number | null): { secret: string; key: ApiKey } {
    const secret = apiKeys.make(accountId, name, expiresAt, rules.style === 'replace');
    notify(accountId, 'api-key-made');
    return { secret, key: toAnswer(existing(accountId)) };
  }

  return {
    state(accountId: string): z.infer<typeof apiKeyStateSchema> {
      const key = apiKeys.read(accountId);
      return { style: rules.style, canExpire: rules.canExpire, key: key ? toAnswer(key) : null };
    },

    generate(accountId: string, typed: NewApiKey) {
      requirePermission(accountId, rules.permission);
      const { name, expiresAt } = checkNewKey(typed, {
        needsName: rules.style === 'named',
        canExpire: rules.canExpire,
        now: clock.now(),
      });
      return make(accountId, name, expiresAt);
    },

    /** A new key of the same name, for as long as the old one was made for. */
    rotate(accountId: string) {
      requirePermission(accountId, rules.permission);
      const { name, createdAt, expiresAt } = existing(accountId);
      return make(accountId, name, expiresAt === null ? null : endOfNext({ createdAt, expiresAt }, clock.now()));
    },

    reveal(accountId: string): { secret: string } {
      requirePermission(accountId, rules.permission);
      const secret = apiKeys.show(accountId);
      if (secret === undefined) throw new Problem('not-found');
      return { secret };
    },

    remove(accountId: string): void {
      requirePermission(accountId, rules.permission);
      if (!apiKeys.remove(accountId)) throw new Problem('not-found');
      notify(accountId, 'api-key-removed');
    },
  };
}
