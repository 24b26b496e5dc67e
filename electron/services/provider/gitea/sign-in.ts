import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { TokenWay } from '../provider.ts';
import { createSignedSender, type SignedSender } from '../signed-sender.ts';
import { createBareSource, type FixedToken } from '../tokens.ts';
import { tokensPage } from './pages.ts';
import { readPerson } from './person.ts';
import { explainProblem } from './http/problem.ts';
import { askedScopes } from './http/scopes.ts';

const remoteTokenSchema = z.object({ scopes: z.array(z.string().max(100)).max(100) });

/** Made on a page of the instance, without an end. */
export function createGiteaSignIn(http: HttpClient): TokenWay {
  return {
    pastingAt: (address) => ({ page: tokensPage(address), scopes: askedScopes }),
    async tokensOfPasted(address, pasted) {
      const send = senderOfPasted(http, address, pasted);
      await readPerson(send);
      return { ...toFixed(pasted), scopes: await readScopes(send) };
    },
  };
}

/** Sends with a token that is not kept. Errors: AppError unauthenticated (key-refused). */
export function senderOfPasted(http: HttpClient, address: string, pasted: string): SignedSender {
  const source = createBareSource(toFixed(pasted));
  const send = createSignedSender(http, `${address}/api/v1`, source, explainProblem);
  return (request) =>
    send(request).catch((error: unknown) => {
      throw isUnknownToken(error) ? refused() : error;
    });
}

function toFixed(pasted: string): FixedToken {
  const token = pasted.trim();
  // Goes into a header: nothing but visible ASCII.
  if (!/^[\x21-\x7e]+$/.test(token)) throw refused();
  return { kind: 'fixed', token, expiresAt: null, scopes: null };
}

function refused(): AppError {
  return new AppError('unauthenticated', { reason: 'key-refused' });
}

function isUnknownToken(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'session-ended';
}

/** Told from 1.27 on. Before, a write that changes nothing tells whether the one that matters is there. */
async function readScopes(send: SignedSender): Promise<readonly string[]> {
  const answer = await unlessAbsent(send({ method: 'GET', path: '/token', schema: remoteTokenSchema }));
  if (answer) return answer.body.scopes;
  return send({ method: 'PATCH', path: '/user/settings', body: {}, schema: z.unknown() }).then(
    () => ['write:user'],
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'forbidden') return ['read:user'];
      throw error;
    },
  );
}

async function unlessAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof AppError && (error.code === 'not-offered' || error.code === 'not-found')) return undefined;
    throw error;
  });
}
