import * as z from 'zod';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { Refusal } from '../../../http/refusal.ts';
import { leastScopeOf } from './scopes.ts';

const text = z.string().max(10_000);

/** `{message}` of what was asked for, with the field where it is about one; `{error}` of a route, or of the token. */
const remoteProblemSchema = z
  .object({
    message: z.union([text, z.record(z.string().max(100), z.union([text, z.array(text).max(100)]))]).optional(),
    error: text.optional(),
    error_description: text.nullish(),
    /** Any of them would do. */
    scope: text.nullish(),
  })
  .refine(({ message, error }) => message !== undefined || error !== undefined);

export interface Problem {
  /** Empty where there is none. */
  readonly message: string;
  /** What is wrong with each field, by its name there. */
  readonly fields: ReadonlyMap<string, string>;
  readonly error: string;
  readonly scopes: readonly string[];
}

/** Undefined of what GitLab does not say. */
export function readProblem({ body }: Pick<Refusal, 'body'>): Problem | undefined {
  const { data } = remoteProblemSchema.safeParse(body);
  if (!data) return undefined;
  const { message = '', error = '', scope } = data;
  const fields =
    typeof message === 'string'
      ? []
      : Object.entries(message).map(([name, said]) => [name, [said].flat().join(' ')] as const);
  return {
    message: typeof message === 'string' ? message : '',
    fields: new Map(fields),
    error,
    scopes: scope?.split(' ') ?? [],
  };
}

/** What a refusal of any route means; undefined if its status says all there is. */
export function explainProblem(refusal: Refusal): ErrorShape | undefined {
  const { status } = refusal;
  const problem = readProblem(refusal);
  // Whatever stands between says something else, and must not end a session or forbid anything.
  if ((status === 401 || status === 403) && !problem)
    return { code: 'untrusted-answer', reason: 'not-a-profile-service' };
  if (status === 403 && problem?.error === 'insufficient_scope') {
    const permission = leastScopeOf(problem.scopes);
    return { code: 'forbidden', ...(permission !== undefined && { permission }) };
  }
  // `404 Key Not Found`; a route that this version does not have says it as an error.
  if (status === 404 && problem?.message !== undefined && problem.message !== '') return { code: 'not-found' };
  return undefined;
}
