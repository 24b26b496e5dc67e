import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { explainStatus, type Refusal } from '../../http/refusal.ts';

/** What anybody is told of a realm (`GET {issuer}`): only Keycloak answers so. */
const remoteRealmSchema = z.object({
  realm: z.string().min(1).max(200),
  'token-service': z.string().max(2_000),
  'account-service': z.string().max(2_000),
});

export interface Realm {
  /** The issuer: the realm's own address. */
  readonly address: string;
  readonly name: string;
}

/** The part of an address that names a realm: what was typed may be its console, or its account page. */
function toRealmAddress(address: string): string | undefined {
  return /^[^?#]*?\/realms\/[^/?#]+/.exec(address)?.[0];
}

/** A 404 is a realm that is not there, or no Keycloak at all. */
function explainOfRealm(refusal: Refusal): ErrorShape {
  const shape = explainStatus(refusal);
  return shape.code === 'not-offered' ? { code: 'untrusted-answer', reason: 'not-a-profile-service' } : shape;
}

/** Errors: AppError offline, untrusted-answer (not-a-profile-service). */
export async function readRealm(http: HttpClient, typed: string): Promise<Realm> {
  const address = toRealmAddress(typed);
  if (address === undefined) throw new AppError('untrusted-answer', { reason: 'not-a-profile-service' });
  const { body } = await http.send({ method: 'GET', url: address, schema: remoteRealmSchema, explain: explainOfRealm });
  const isItself = body['token-service'] === `${address}/protocol/openid-connect`;
  // An internal address of a Keycloak whose own is another: tokens of the one count for nothing at the other.
  if (!isItself) throw new AppError('untrusted-answer', { reason: 'issuer-differs' });
  return { address, name: body.realm };
}
