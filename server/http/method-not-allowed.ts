import type { HTTPMethods } from 'fastify';
import type { App } from './app.ts';
import { sendProblem } from './error-handling.ts';
import { Problem } from './problem.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const satisfies readonly HTTPMethods[];

/** Watches the routes being added. The returned function answers all their other methods with 405 and Allow. */
export function watchMethods(app: App): () => void {
  const allowed = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = allowed.get(url) ?? new Set();
    for (const name of [method].flat()) known.add(name);
    allowed.set(url, known);
  });
  return () => {
    // Adding routes calls the hook again, so the table is copied first.
    for (const [url, known] of [...allowed]) refuseOthers(app, url, [...known]);
  };
}

function refuseOthers(app: App, url: string, allowed: readonly string[]): void {
  const refused = methods.filter((method) => !allowed.includes(method));
  app.route({
    url,
    method: refused,
    schema: { hide: true },
    // Before the body is looked at, whatever it is.
    onRequest: async (request, reply) =>
      sendProblem(new Problem('method-not-allowed'), request, reply.header('allow', allowed.join(', '))),
    handler: (_request, reply) => reply,
  });
}
