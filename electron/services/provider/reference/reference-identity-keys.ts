import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { AccountIdentityKeys } from '../account-identity-keys.ts';
import {
  remoteIdentityKeySchema,
  remoteIdentityKeysSchema,
  remoteOwnershipChallengeSchema,
} from './identity-keys.remote.ts';
import { toIdentityKey } from './map-identity-key.ts';
import { isOffered, toFieldAccess } from './map-profile.ts';
import { remoteMetaSchema } from './meta.remote.ts';
import type { SignedSender } from './signed-sender.ts';
import { toSegment } from './to-segment.ts';

const path = '/me/identity-keys';
const pathOf = (id: string) => `${path}/${toSegment(id)}`;
/** Bytes: 10,000 keys of RSA-4096. */
const largestList = 20_000_000;

export function createReferenceIdentityKeys(send: SignedSender, address: string): AccountIdentityKeys {
  return {
    async identityKeysState() {
      const { body: meta } = await send({ method: 'GET', path: '/meta', schema: remoteMetaSchema });
      if (!isOffered(meta, 'identity-keys.manage'))
        return { access: { kind: 'not-offered' }, canVerify: false, limit: null, keys: [] };
      const { body } = await send({ method: 'GET', path, schema: remoteIdentityKeysSchema, maxBody: largestList });
      return {
        access: toFieldAccess(meta.fields?.['identityKeys']?.['key']),
        canVerify: true,
        limit: body.limit ?? null,
        keys: body.keys.map(toIdentityKey),
      };
    },
    async addIdentityKey(title, publicLine) {
      const headers = { 'Idempotency-Key': randomUUID() };
      return toIdentityKey(
        (
          await send({
            method: 'POST',
            path,
            headers,
            body: { title, publicKey: publicLine },
            schema: remoteIdentityKeySchema,
          })
        ).body,
      );
    },
    async renameIdentityKey(id, title, revision) {
      const headers = { 'If-Match': revision, 'Content-Type': 'application/merge-patch+json' };
      return toIdentityKey(
        (await send({ method: 'PATCH', path: pathOf(id), headers, body: { title }, schema: remoteIdentityKeySchema }))
          .body,
      );
    },
    async removeIdentityKey(id) {
      await send({ method: 'DELETE', path: pathOf(id), schema: z.unknown() });
    },
    async proveIdentityKey(id, sign) {
      const { challenge } = (
        await send({ method: 'POST', path: `${pathOf(id)}/challenge`, schema: remoteOwnershipChallengeSchema })
      ).body;
      // Chosen here, never by the provider: so that one provider can not have a challenge of another answered.
      const signature = await sign(Buffer.from(challenge), `profile-desk-identity-key@${new URL(address).host}`);
      return toIdentityKey(
        (
          await send({
            method: 'POST',
            path: `${pathOf(id)}/verify`,
            body: { signature },
            schema: remoteIdentityKeySchema,
          })
        ).body,
      );
    },
  };
}
