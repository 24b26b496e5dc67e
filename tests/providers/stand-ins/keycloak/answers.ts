import type { FastifyReply } from 'fastify';

/** An answer that is not the one asked for. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
  }
}

export const unauthorized = () => new Refusal(401, { error: 'HTTP 401 Unauthorized' });
export const forbidden = () => new Refusal(403, { error: 'HTTP 403 Forbidden' });
export const notFound = () => new Refusal(404, { error: 'HTTP 404 Not Found' });

/** As of a token endpoint (RFC 6749, 5.2). */
export function oauthError(error: string, description: string, status = 400): Refusal {
  return new Refusal(status, { error, error_description: description });
}

/** On every answer; the time of day is on none. */
export function addHeaders(reply: FastifyReply): void {
  reply.raw.sendDate = false;
  void reply.headers({
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'x-robots-tag': 'none',
  });
}

/** JSON as the account API sends it. */
export function sendJson(reply: FastifyReply, value: unknown): FastifyReply {
  return reply
    .headers({ 'cache-control': 'no-cache', 'content-type': 'application/json;charset=UTF-8' })
    .send(JSON.stringify(value));
}

/** JSON as the endpoints of OpenID Connect send it, and all that refuses. */
export function sendPlainJson(reply: FastifyReply, status: number, value: unknown): FastifyReply {
  return reply.code(status).header('content-type', 'application/json').send(JSON.stringify(value));
}

export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).header('content-type', 'text/html;charset=utf-8').send(html);
}
