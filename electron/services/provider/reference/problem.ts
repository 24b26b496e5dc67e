import * as z from 'zod';
import type { ErrorShape, FieldErrors } from '../../../../shared/contract/error-shape.ts';
import { fieldErrorCodes, type FieldErrorCode } from '../../../../shared/contract/errors.ts';
import type { Refusal } from '../../http/refusal.ts';

/** Problem details (RFC 9457) as the reference API writes them. */
const remoteProblemSchema = z.object({
  code: z.string().max(100),
  triesLeft: z.int().nonnegative().optional(),
  pauseSeconds: z.int().positive().optional(),
  permission: z.string().max(200).optional(),
  errors: z
    .array(z.object({ field: z.string().max(200), code: z.string().max(100), limit: z.int().optional() }))
    .max(100)
    .optional(),
});
type RemoteProblem = z.infer<typeof remoteProblemSchema>;

/** Seconds. A lock-out is shown with the time left, but a hostile server must not invent centuries. */
const maxLockOutSeconds = 7 * 86_400;

/** What a problem of the reference API means; undefined if its status says all there is. */
export function explainProblem({ status, body, retryAfter }: Refusal): ErrorShape | undefined {
  const parsed = remoteProblemSchema.safeParse(body);
  if (!parsed.success) return explainStranger(status);
  const problem = parsed.data;
  if (problem.code === 'locked-out') {
    return {
      code: 'rate-limited',
      reason: 'locked-out',
      ...(retryAfter !== undefined && { retryAfter: Math.min(retryAfter, maxLockOutSeconds) }),
    };
  }
  if (problem.code === 'wrong-credentials')
    return { code: 'unauthenticated', reason: 'wrong-credentials', ...outlookOf(problem) };
  if (problem.code === 'forbidden')
    return { code: 'forbidden', ...fieldsOf(problem), ...(problem.permission && { permission: problem.permission }) };
  if (problem.code === 'invalid' || problem.code === 'duplicate-key')
    return { code: 'invalid-request', ...fieldsOf(problem) };
  return shapes.get(problem.code);
}

/**
 * Each refusal of this API is a problem (RFC 9457). Any other one comes from something between or instead of it, such
 * as a proxy's login page, and must not end a session or forbid anything.
 */
function explainStranger(status: number): ErrorShape | undefined {
  const isOfNobody = status >= 500 || status === 407 || status === 408 || status === 429;
  return isOfNobody ? undefined : { code: 'untrusted-answer', reason: 'not-a-profile-service' };
}

const shapes: ReadonlyMap<string, ErrorShape> = new Map<string, ErrorShape>([
  ['wrong-code', { code: 'unauthenticated', reason: 'wrong-code' }],
  ['codes-exhausted', { code: 'unauthenticated', reason: 'codes-exhausted' }],
  ['challenge-expired', { code: 'unauthenticated', reason: 'challenge-expired' }],
  ['session-ended', { code: 'unauthenticated', reason: 'session-ended' }],
  ['refresh-reused', { code: 'unauthenticated', reason: 'session-ended' }],
  ['token-expired', { code: 'unauthenticated', reason: 'session-ended' }],
  ['reauth-required', { code: 'reauth-required' }],
  ['mfa-required', { code: 'mfa-required' }],
  ['storage-full', { code: 'server-fault', reason: 'provider-storage-full' }],
  ['not-found', { code: 'not-found' }],
  ['proof-refused', { code: 'invalid-request', reason: 'proof-refused' }],
  ['key-refused', { code: 'unauthenticated', reason: 'key-refused' }],
  ['limit-reached', { code: 'invalid-request', reason: 'limit-reached' }],
  ['identity-not-linked', { code: 'unauthenticated', reason: 'identity-not-linked' }],
  ['identity-refused', { code: 'untrusted-answer', reason: 'id-token-not-valid' }],
  ['identity-taken', { code: 'conflict', reason: 'identity-taken' }],
  ['issuer-differs', { code: 'server-fault', reason: 'issuer-differs' }],
  ['identity-provider-down', { code: 'server-fault', reason: 'identity-provider-down' }],
  ['last-way-in', { code: 'forbidden', reason: 'last-way-in' }],
]);

/** Both numbers or none: one says nothing without the other. */
function outlookOf({ triesLeft, pauseSeconds }: RemoteProblem): Pick<ErrorShape, 'tries'> {
  if (triesLeft === undefined || pauseSeconds === undefined) return {};
  return { tries: { left: triesLeft, pauseSeconds: Math.min(pauseSeconds, maxLockOutSeconds) } };
}

function fieldsOf({ errors }: RemoteProblem): { fields?: FieldErrors } {
  // A name is shown beside a field of ours or not at all; this also keeps `__proto__` and the like out.
  const usable = errors?.filter(({ field }) => /^[a-z][A-Za-z0-9.]*$/.test(field)) ?? [];
  if (usable.length === 0) return {};
  return {
    fields: Object.fromEntries(
      usable.map(({ field, code, limit }) => [
        field,
        { code: toFieldCode(code), ...(limit !== undefined && { limit }) },
      ]),
    ),
  };
}

function toFieldCode(code: string): FieldErrorCode {
  return fieldErrorCodes.find((known) => known === code) ?? 'not-valid';
}
