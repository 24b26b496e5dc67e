import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LinkedAccount } from '../../../../shared/contract/account/linked-accounts.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { ProviderLinkedAccounts } from '../account-linked-accounts.ts';
import { type SignedSender, toSegment } from '../signed-sender.ts';
import { remoteMetaSchema, toFieldAccess } from './meta.ts';

const instant = z.iso.datetime();

/** It goes into an address: long enough not to be guessed, and nothing but itself. */
export const remoteNonceSchema = z.object({ nonce: z.string().regex(/^[\w.~-]{20,500}$/) });

const remoteLinkedAccountsSchema = z.object({
  identities: z
    .array(
      z.object({
        id: z.string().min(1).max(200),
        provider: z.string().max(2_000).transform(cleanText),
        label: z.string().max(300).transform(cleanText),
        linkedAt: instant,
        lastUsedAt: instant.nullable(),
      }),
    )
    .max(200),
});

type RemoteIdentity = z.infer<typeof remoteLinkedAccountsSchema>['identities'][number];

/**
 * The nonce for the authorization request: Base64url of SHA-256 of `nonce.origin`, with the origin of the profile
 * service that gave `nonce`. An ID token with it is of no use to another service, whose issuer and nonce this one may
 * have handed on.
 */
export function bindNonce(nonce: string, address: string): string {
  return createHash('sha256')
    .update(`${nonce}.${new URL(address).origin}`)
    .digest('base64url');
}

const path = '/me/identities';

export function createReferenceLinkedAccounts(send: SignedSender, address: string): ProviderLinkedAccounts {
  return {
    async linkedAccounts() {
      const {
        capabilities,
        fields,
        identityProviders: providers = [],
      } = (await send({ method: 'GET', path: '/meta', schema: remoteMetaSchema })).body;
      if (capabilities?.['identities.manage'] !== 'offered')
        return { access: { kind: 'not-offered' }, providers: [], linkedAccounts: [] };
      const { identities } = (await send({ method: 'GET', path, schema: remoteLinkedAccountsSchema })).body;
      return {
        access: toFieldAccess(fields?.['identities']?.['link']),
        providers: providers.map((client) => ({ id: client.issuer, name: client.name, client })),
        linkedAccounts: identities.map(toLinkedAccount),
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
        schema: remoteLinkedAccountsSchema,
      });
    },
    async unlinkIdentity(linkedAccountId) {
      await send({ method: 'DELETE', path: `${path}/${toSegment(linkedAccountId)}`, schema: z.unknown() });
    },
  };
}

function toLinkedAccount({ linkedAt, ...rest }: RemoteIdentity): LinkedAccount {
  return { ...rest, addedAt: linkedAt };
}
