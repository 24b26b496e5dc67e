import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { TokenWay } from '../../provider.ts';
import { createSignedSender, type SignedSender } from '../../signed-sender.ts';
import { createBareSource, type FixedToken } from '../../tokens.ts';
import { askedScopes } from '../http/scopes.ts';
import { explainProblem } from '../http/problem.ts';
import { tokensPage } from '../pages.ts';
import { readPerson } from '../profile/person.ts';
import { toEnd } from '../tokens/token-end.ts';

const remoteTokenSchema = z.object({
  scopes: z.array(z.string().max(100)).max(100),
  expires_at: z.string().max(40).nullish(),
});

/** Made on a page of the instance, with an end. */
export function createGitlabSignIn(http: HttpClient): TokenWay {
  return {
    pastingAt: (address) => ({ page: tokensPage(address), scopes: askedScopes }),
    async tokensOfPasted(address, pasted) {
      const token = pasted.trim();
      // Goes into a header: nothing but visible ASCII.
      if (!/^[\x21-\x7e]+$/.test(token)) throw refused();
      const fixed: FixedToken = { kind: 'fixed', token, expiresAt: null, scopes: null };
      const send = createSignedSender(http, `${address}/api/v4`, createBareSource(fixed), explainProblem);
      await readPerson(send).catch((error: unknown) => {
        throw isUnknownToken(error) ? refused() : error;
      });
      return { ...fixed, ...(await readOwn(send)) };
    },
  };
}

function refused(): AppError {
  return new AppError('unauthenticated', { reason: 'key-refused' });
}

function isUnknownToken(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'session-ended';
}

/** Nothing is told before 15.5, nor of a token of another kind. */
async function readOwn(send: SignedSender): Promise<Partial<Pick<FixedToken, 'scopes' | 'expiresAt'>>> {
  try {
    const { body } = await send({ method: 'GET', path: '/personal_access_tokens/self', schema: remoteTokenSchema });
    const end = toEnd(body.expires_at);
    return { scopes: body.scopes, expiresAt: end === null ? null : Date.parse(end) };
  } catch (error) {
    const isUntold = error instanceof AppError && ['not-offered', 'not-found', 'invalid-request'].includes(error.code);
    if (isUntold) return {};
    throw error;
  }
}
