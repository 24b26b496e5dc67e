import rateLimit from '@fastify/rate-limit';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Clock } from '../clock.ts';
import type { App } from './app.ts';
import type { ReportInternal } from '../report-internal.ts';
import { answerErrors, sendProblem, toProblem } from './error-handling.ts';
import { addCommonHeaders, refuseForeignHosts } from './headers.ts';
import { watchMethods } from './method-not-allowed.ts';
import { serveOpenApi } from './openapi.ts';
import { isHostOf } from './own-origins.ts';
import { Problem } from './problem.ts';
import { answerUnreadable } from './raw-errors.ts';

export interface AppOptions {
  readonly clock: Clock;
  /** Per client address. */
  readonly requestsPerMinute: number;
  readonly report: ReportInternal;
  /** Where clients reach this server; known once it listens. */
  readonly origins: () => ReadonlySet<string>;
  /** Each in a scope of its own: hooks and parsers added there touch no other one. */
  readonly features: readonly { register(app: App): void }[];
}

const bodyLimit = 1024 * 1024;
/** Milliseconds for a whole request to arrive. */
const requestTimeoutMs = 30_000;

/** The HTTP side of the API: what holds for all routes, then the features, each in a scope of its own. */
export async function createApp({ clock, requestsPerMinute, report, origins, features }: AppOptions): Promise<App> {
  const app: App = fastify({
    bodyLimit,
    requestTimeout: requestTimeoutMs,
    clientErrorHandler: answerUnreadable,
    // A path that cannot be decoded never meets a hook or handler.
    frameworkErrors: (error, request, reply) => {
      sendProblem(toProblem(error, report), request, reply);
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('caller', null);
  app.decorateRequest('keyHolder', null);
  app.decorateRequest('idempotencyKey', null);
  answerErrors(app, report);
  addCommonHeaders(app, clock);
  refuseForeignHosts(app, (host) => isHostOf(origins(), host));
  await limitRate(app, requestsPerMinute);
  const refuseOtherMethods = watchMethods(app);
  serveOpenApi(app);
  for (const feature of features) {
    app.register((scope, _options, done) => {
      feature.register(scope.withTypeProvider<ZodTypeProvider>());
      done();
    });
  }
  app.after(refuseOtherMethods);
  await app.ready();
  return app;
}

async function limitRate(app: App, max: number): Promise<void> {
  await app.register(rateLimit, {
    max,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { ttl }) => new Problem('rate-limited', { retryAfter: Math.ceil(ttl / 1000) }),
  });
}
