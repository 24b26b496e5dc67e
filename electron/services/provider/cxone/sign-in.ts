import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { Clock } from '../../ports.ts';
import { explainBetween } from '../common/refusals/explain-between.ts';
import { asKeyRefused, splitNameAndKey, toNameAndKey } from '../common/name-and-key.ts';
import type { Provider, TokenWay } from '../provider.ts';
import type { RefreshingTokens } from '../tokens.ts';
import { toOwnToken } from './own-token.ts';

const remoteTokenSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,20000}$/),
  /** Seconds. */
  expires_in: z.number().positive().max(31_536_000).nullish(),
});

/** Where it does not say, as its clients have seen it. */
const usualSeconds = 3_600;

/** The id of an access key and its secret, which are traded for a token whenever one is needed. */
export function createCxoneSignIn(http: HttpClient, clock: Pick<Clock, 'now'>): TokenWay & Pick<Provider, 'refresh'> {
  async function trade(address: string, pair: string): Promise<RefreshingTokens> {
    const { name: accessKeyId, key: accessKeySecret } = splitNameAndKey(pair);
    const url = `${address}/authentication/v1/token/access-key`;
    const body = { accessKeyId, accessKeySecret };
    const { access_token: token, expires_in: seconds } = (
      await http.send({ method: 'POST', url, body, schema: remoteTokenSchema, explain: explainTrade })
    ).body;
    const expiresAt = clock.now() + (seconds ?? usualSeconds) * 1_000;
    return { kind: 'refreshing', access: toOwnToken(accessKeyId, token), expiresAt, refresh: pair };
  }

  return {
    pastingAt: (address) => ({ page: `${address}/`, scopes: [], name: 'key-id' }),
    tokensOfPasted: async (address, secret, keyId) => trade(address, toNameAndKey(keyId, secret)).catch(asKeyRefused),
    refresh: trade,
  };
}

/** Whether a key that is wrong, off or deleted is a 400, a 401 or a 403 is not documented. */
function explainTrade(refusal: Refusal): ErrorShape | undefined {
  const { status, body } = refusal;
  const isRefused = status === 400 || status === 401 || status === 403;
  if (!isRefused || body === undefined) return explainBetween(refusal);
  return new AppError('unauthenticated', { reason: 'session-ended' }).toShape();
}

/** Whether somebody else's service lets a key in, or this one: nothing of the answer is kept. */
export async function takesKey(http: HttpClient, address: string, keyId: string, secret: string): Promise<boolean> {
  const url = `${address}/authentication/v1/token/access-key`;
  const body = { accessKeyId: keyId, accessKeySecret: secret };
  try {
    await http.send({ method: 'POST', url, body, schema: remoteTokenSchema, explain: explainTrade });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return false;
    throw error;
  }
}
