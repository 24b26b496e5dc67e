import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, type ZodFastifySchemaValidationError } from 'fastify-type-provider-zod';
import { isDiskFull } from '../database/database.ts';
import type { App } from './app.ts';
import type { ReportInternal } from '../report-internal.ts';
import { Problem, type FieldProblem, type ProblemCode } from './problem.ts';

const fastifyCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
};

/** Every error leaves as application/problem+json, and none tells more than its Problem. */
export function answerErrors(app: App, report: ReportInternal): void {
  app.setErrorHandler((error, request, reply) => sendProblem(toProblem(error, report), request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(new Problem('not-found'), request, reply));
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = problem.toBody();
  if (body.status === 401) reply.header('www-authenticate', challengeOf(request, problem.code));
  if (body.retryAfter !== undefined) reply.header('retry-after', String(body.retryAfter));
  // As text, so that no route's answer schema stands between an error and its reader.
  return reply.code(body.status).type('application/problem+json').serializer(String).send(JSON.stringify(body));
}

const refusedTokens: ReadonlySet<ProblemCode> = new Set(['token-expired', 'session-ended']);

/** RFC 6750, 3: the error attribute only where a token was shown and is the reason. */
function challengeOf(request: FastifyRequest, code: ProblemCode): string {
  const isRefused = request.headers.authorization !== undefined && refusedTokens.has(code);
  return isRefused ? 'Bearer error="invalid_token"' : 'Bearer';
}

export function toProblem(error: unknown, report: ReportInternal): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error))
    return new Problem('invalid', { errors: error.validation.flatMap(fieldProblems) });
  const { code = '', statusCode = 500 } = Object(error) as Partial<FastifyError>;
  const known = fastifyCodes[code];
  if (known) return new Problem(known);
  if (statusCode >= 400 && statusCode < 500) return new Problem('malformed');
  if (isDiskFull(error)) return new Problem('storage-full', {}, error);
  const reference = randomUUID();
  report(reference, error);
  return new Problem('internal', { reference }, error);
}

/** Zod's issue at a member of the body as our own field codes. */
function fieldProblems({ keyword, instancePath, params }: ZodFastifySchemaValidationError): FieldProblem[] {
  const { keys, maximum, minimum } = params as { keys?: readonly string[]; maximum?: number; minimum?: number };
  if (keyword === 'unrecognized_keys') return (keys ?? []).map((field) => ({ field, code: 'not-valid' }));
  const field = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'too_big' && maximum !== undefined) return [{ field, code: 'too-long', limit: maximum }];
  if (keyword === 'too_small' && minimum === 1) return [{ field, code: 'required' }];
  return [{ field, code: 'not-valid' }];
}
