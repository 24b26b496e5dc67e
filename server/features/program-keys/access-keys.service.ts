import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { checkPrecondition, etagOf } from '../../http/conditional.ts';
import { instant, instantOrNull } from '../../http/instant.ts';
import { Problem } from '../../http/problem.ts';
import type { RequirePermission } from '../../access/require-permission.ts';
import type { Notify } from '../../mail/notices.ts';
import type { AccessKeyRules } from '../../presets/preset.ts';
import type { NewApiKey } from './api-key.schemas.ts';
import { checkNewKey } from './new-key.ts';
import type { AccessKey, AccessKeys } from './access-keys.schemas.ts';
import type { AccessKeysStore, StoredAccessKey } from './access-keys.store.ts';

export interface AccessKeyDeps {
  readonly database: Database;
  readonly accessKeys: AccessKeysStore;
  readonly notify: Notify;
  readonly clock: Clock;
  readonly rules: AccessKeyRules;
  readonly requirePermission: RequirePermission;
}

/** Making a key needs the permission; a person can always stop and delete their own. Errors: Problem. */
export function createAccessKeysService({
  database,
  accessKeys,
  notify,
  clock,
  rules,
  requirePermission,
}: AccessKeyDeps) {
  function existing(accountId: string, id: string): StoredAccessKey {
    const key = accessKeys.read(accountId, id);
    if (!key) throw new Problem('not-found');
    return key;
  }

  return {
    list: (accountId: string): AccessKeys => ({
      keys: accessKeys.list(accountId).map(toAnswer),
      limit: rules.limit,
      canExpire: rules.canExpire,
    }),

    /** Errors: Problem forbidden, invalid, limit-reached. */
    generate(accountId: string, typed: NewApiKey): { secret: string; key: AccessKey } {
      requirePermission(accountId, rules.permission);
      const { name, expiresAt } = checkNewKey(typed, {
        needsName: false,
        canExpire: rules.canExpire,
        now: clock.now(),
      });
      const made = database.transaction(() => {
        if (accessKeys.list(accountId).length >= rules.limit) throw new Problem('limit-reached');
        const { id, secret } = accessKeys.make(accountId, name, expiresAt);
        return { secret, key: toAnswer(existing(accountId, id)) };
      });
      notify(accountId, 'access-key-made');
      return made;
    },

    /** Errors: Problem not-found, precondition-required, stale. */
    setActive(accountId: string, id: string, isActive: boolean, ifMatch: string | undefined): AccessKey {
      return database.transaction(() => {
        checkPrecondition(ifMatch, toAnswer(existing(accountId, id)).etag);
        accessKeys.setActive(accountId, id, isActive);
        return toAnswer(existing(accountId, id));
      });
    },

    /** Errors: Problem not-found. */
    remove(accountId: string, id: string): void {
      if (!accessKeys.remove(accountId, id)) throw new Problem('not-found');
      notify(accountId, 'access-key-removed');
    },

    /** Errors: Problem key-refused. */
    exchange(id: string, secret: string): { access_token: string; token_type: 'Bearer'; expires_in: number } {
      const exchanged = accessKeys.exchange(id, secret);
      if (!exchanged) throw new Problem('key-refused');
      return { access_token: exchanged.token, token_type: 'Bearer', expires_in: exchanged.expiresIn };
    },
  };
}

function toAnswer({ id, name, isActive, createdAt, lastUsedAt, expiresAt }: StoredAccessKey): AccessKey {
  return {
    id,
    name,
    isActive,
    createdAt: instant(createdAt),
    lastUsedAt: instantOrNull(lastUsedAt),
    expiresAt: instantOrNull(expiresAt),
    etag: etagOf({ id, isActive }),
  };
}
