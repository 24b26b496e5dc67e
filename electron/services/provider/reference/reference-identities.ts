import * as z from 'zod';
import type { Identity } from '../../../../shared/contract/identities.ts';
import type { AccountIdentities } from '../account-identities.ts';
import { bindNonce } from './bind-nonce.ts';
import { remoteIdentitiesSchema, remoteNonceSchema, type RemoteIdentity } from './identities.remote.ts';
import { toFieldAccess } from './map-profile.ts';
import { remoteMetaSchema } from './meta.remote.ts';
import type { SignedSender } from './signed-sender.ts';
import { toSegment } from './to-segment.ts';

const path = '/me/identities';

export function createReferenceIdentities(send: SignedSender, address: string): AccountIdentities {
  return {
    async identities() {
      const {
        capabilities,
        fields,
        identityProviders: providers = [],
      } = (await send({ method: 'GET', path: '/meta', schema: remoteMetaSchema })).body;
      if (capabilities?.['identities.manage'] !== 'offered')
        return { access: { kind: 'not-offered' }, providers: [], identities: [] };
      const { identities } = (await send({ method: 'GET', path, schema: remoteIdentitiesSchema })).body;
      return {
        access: toFieldAccess(fields?.['identities']?.['link']),
        providers,
        identities: identities.map(toIdentity),
      };
    },
    async linkNonce(issuer) {
      return bindNonce(
        (await send({ method: 'POST', path: `${path}/nonce`, body: { issuer }, schema: remoteNonceSchema })).body.nonce,
        address,
      );
    },
    async linkIdentity(issuer, idToken, attempt) {
      await send({
        method: 'POST',
        path,
        headers: { 'Idempotency-Key': attempt },
        body: { issuer, idToken },
        schema: remoteIdentitiesSchema,
      });
    },
    async unlinkIdentity(identityId) {
      await send({ method: 'DELETE', path: `${path}/${toSegment(identityId)}`, schema: z.unknown() });
    },
  };
}

function toIdentity({ linkedAt, ...rest }: RemoteIdentity): Identity {
  return { ...rest, addedAt: linkedAt };
}
