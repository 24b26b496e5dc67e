import type { HttpClient, HttpRequest } from '../../http/http-client.ts';
import type * as z from 'zod';
import { explainBetween } from '../common/refusals/explain-between.ts';
import { asNameAndKey } from '../common/name-and-key.ts';
import { createSignedSender, type SignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import { apiOf } from './platform.ts';

/** Paths are those below its version. */
export function createElasticIoSender(
  http: HttpClient,
  address: string,
  tokens: TokenSource,
  explain: NonNullable<HttpRequest<z.ZodType>['explain']> = explainBetween,
): SignedSender {
  return createSignedSender(http, `${apiOf(address)}/v2`, tokens, explain, asNameAndKey);
}
