import type { Clock } from '../clock.ts';
import type { App } from './app.ts';
import { Problem } from './problem.ts';

/** Headers of every answer; `Date` from the server's own clock, which clients compare theirs with. */
export function addCommonHeaders(app: App, clock: Clock): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      date: new Date(clock.now()).toUTCString(),
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
}

/**
 * A page of a foreign site must not reach a loopback server through a name of its own (DNS rebinding), and no client
 * one service when it means another.
 */
export function refuseForeignHosts(app: App, isOwn: (host: string) => boolean): void {
  app.addHook('onRequest', async (request) => {
    if (!isOwn(request.host)) throw new Problem('misdirected');
  });
}
