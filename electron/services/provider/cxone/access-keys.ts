import * as z from 'zod';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { cleanShort } from '../../core/clean-text.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccessKeyFacts, AccountAccessKeys } from '../account-keys.ts';
import { toUtc } from '../common/to-utc.ts';
import type { Refusals } from '../tokens.ts';
import { toSegment, type SignedSender } from '../signed-sender.ts';
import type { People } from './person.ts';
import { keysPath } from './tenant.ts';

const remoteKeySchema = z.object({
  accessKeyId: z.string().min(1).max(200),
  isActive: z.boolean().nullish(),
  /** Of an unknown form; absent until it is used. */
  lastUsedDate: z.string().max(100).nullish(),
});
type RemoteKey = z.infer<typeof remoteKeySchema>;

const remoteListSchema = z.object({ accessKeys: z.array(remoteKeySchema).max(1_000) });
const remoteMadeSchema = z.object({
  resultSet: remoteKeySchema.extend({ accessKeySecret: z.string().min(1).max(500) }),
});

/** The permission to make some (My Account › Access Keys). */
const createPermission = 'Access Key Create';

export interface CxoneKeysDeps {
  readonly send: SignedSender;
  /** As `send`, for refusals that say more. */
  readonly explaining: (explain: (refusal: Refusal) => ErrorShape | undefined) => SignedSender;
  readonly people: Pick<People, 'owner'>;
  readonly refusals: Refusals;
  /** Of the key that this account was opened with. */
  readonly readOwnId: () => Promise<string>;
  /** Trades a key for a token, which is thrown away. */
  readonly takesKey: (keyId: string, secret: string) => Promise<boolean>;
}

export interface CxoneKeys extends AccountAccessKeys {
  /** What making one takes, as far as it is known: the first refusal tells. */
  access(): FieldAccess;
}

export function createCxoneKeys({ send, explaining, people, refusals, readOwnId, takesKey }: CxoneKeysDeps): CxoneKeys {
  const access = (): FieldAccess =>
    refusals.has(createPermission) ? { kind: 'needs-permission', permission: createPermission } : { kind: 'editable' };
  const make = explaining(({ status, body }) => {
    if (status !== 403 || body === undefined) return undefined;
    refusals.note(createPermission);
    return { code: 'forbidden', permission: createPermission };
  });

  async function readKeys(): Promise<AccessKeyFacts[]> {
    const query = new URLSearchParams({ userId: (await people.owner()).userId });
    const path = `${keysPath}?${query.toString()}`;
    const { accessKeys } = (await send({ method: 'GET', path, schema: remoteListSchema })).body;
    const own = await readOwnId();
    return accessKeys.map((key) => toAccessKey(key, key.accessKeyId === own));
  }

  async function readKey(id: string): Promise<AccessKeyFacts> {
    const found = (await readKeys()).find((key) => key.id === id);
    if (!found) throw new AppError('not-found');
    return found;
  }

  return {
    access,
    accessKeysState: async () => ({ keys: await readKeys(), access: access(), offers: [], limit: null }),
    async makeAccessKey() {
      const { userId, tenantId } = await people.owner();
      const body = { userId, ...(tenantId !== undefined && { tenantId }) };
      const { resultSet } = (await make({ method: 'POST', path: keysPath, body, schema: remoteMadeSchema })).body;
      return { secret: resultSet.accessKeySecret, key: toAccessKey(resultSet, false) };
    },
    async setAccessKeyActive(id, isActive, revision) {
      const { userId, tenantId } = await people.owner();
      if ((await readKey(id)).revision !== revision) throw new AppError('conflict');
      const query = new URLSearchParams({ accessKeyId: id, userId, ...(tenantId !== undefined && { tenantId }) });
      await send({
        method: 'PATCH',
        path: `${keysPath}?${query.toString()}`,
        body: { isActive },
        schema: z.unknown(),
      });
      return readKey(id);
    },
    rotateAccessKey: () => Promise.reject(new AppError('not-offered')),
    async removeAccessKey(id) {
      await send({ method: 'DELETE', path: `${keysPath}/${toSegment(id)}`, schema: z.unknown() });
    },
    tryAccessKey: takesKey,
  };
}

/** Nothing tells when one was made, and there are no names and no ends. */
function toAccessKey({ accessKeyId: id, isActive, lastUsedDate }: RemoteKey, isOwn: boolean): AccessKeyFacts {
  const isOn = isActive ?? true;
  return {
    id: cleanShort(id, 200),
    ...(isOwn && { isOwn }),
    ...{ name: '', isActive: isOn, createdAt: null, expiresAt: null },
    lastUsedAt: toUtc(Date.parse(lastUsedDate ?? '')),
    revision: String(isOn),
  };
}
