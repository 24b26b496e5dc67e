import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashToken } from '../security/tokens.ts';
import type { App } from '../http/app.ts';
import { callerOf } from './caller.ts';
import type { IdempotencyStore } from './idempotency.store.ts';
import { Problem } from '../http/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer of this route is shown once and kept nowhere, so its Idempotency-Key has no effect. */
    answersWithSecret?: boolean;
    /**
     * The answer of this route holds a secret that is kept nowhere. A repeat under its Idempotency-Key does nothing and
     * is refused with `already-done` and what this makes, without the secret, of the first answer.
     */
    actsOnce?: (answer: string) => string;
    /**
     * The body holds a secret, of which nothing is written down: an answer is repeated only until the server restarts.
     */
    takesSecret?: boolean;
  }
  interface FastifyRequest {
    /** The key under which this request is being worked on. */
    idempotencyKey: string | null;
  }
}

const maxKeyLength = 255;
/** Bytes of an answer that is kept to be repeated. The longest of this API is that of closing 1,000 sessions: 60 KB. */
const largestAnswer = 65_536;
/** A plain hash of a password could be guessed from (CWE-916). */
const processKey = randomBytes(32);

/**
 * A POST repeated by the same person with the same Idempotency-Key and content gets the kept answer for 24 hours.
 * Only successes are kept: what failed may be tried again under its key. In place of an answer that is too large to be
 * kept the repeat is refused with `already-done`.
 */
export function repeatAnswers(app: App, store: IdempotencyStore): void {
  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === undefined) return undefined;
    const begun = store.begin(callerOf(request).accountId, key, contentOf(request));
    if (begun.kind === 'other-request') throw new Problem('key-reused');
    if (begun.kind === 'running') throw new Problem('in-progress', { retryAfter: 1 });
    if (begun.kind === 'new') {
      request.idempotencyKey = key;
      return undefined;
    }
    const { status, contentType, body, isLeftOut } = begun.answer;
    if (isLeftOut || request.routeOptions.config.actsOnce)
      throw new Problem('already-done', body === null ? {} : { detail: body });
    if (contentType !== null) reply.type(contentType);
    return reply
      .code(status)
      .header('idempotency-replayed', 'true')
      .send(body ?? undefined);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const key = request.idempotencyKey;
    if (key !== null) settle(store, callerOf(request).accountId, key, reply, payload);
  });
}

function settle(store: IdempotencyStore, accountId: string, key: string, reply: FastifyReply, payload: unknown): void {
  if (reply.statusCode >= 300) {
    store.remove(accountId, key);
    return;
  }
  const contentType = reply.getHeader('content-type');
  const text = typeof payload === 'string' ? payload : null;
  const { actsOnce } = reply.routeOptions.config;
  const body = actsOnce && text !== null ? actsOnce(text) : text;
  const isLeftOut = body !== null && Buffer.byteLength(body) > largestAnswer;
  store.keep(accountId, key, {
    status: reply.statusCode,
    contentType: contentType === undefined ? null : String(contentType),
    body: isLeftOut ? null : body,
    isLeftOut,
  });
}

function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || key === undefined || request.routeOptions.config.answersWithSecret) return undefined;
  if (typeof key !== 'string' || key === '' || key.length > maxKeyLength) throw new Problem('malformed');
  return key;
}

function contentOf(request: FastifyRequest): string {
  const content = JSON.stringify([request.url, request.body ?? null]);
  return request.routeOptions.config.takesSecret
    ? createHmac('sha256', processKey).update(content).digest('base64url')
    : hashToken(content);
}
