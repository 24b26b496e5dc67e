import * as z from 'zod';
import { fieldErrorCodes } from '../../shared/contract/errors.ts';

/** Why an account cannot be deleted. */
export const deletionReasons = ['last-owner'] as const;

/** Every error this API answers with: status and title by code (RFC 9457). */
const problems = {
  malformed: [400, 'The request is not well-formed'],
  unauthenticated: [401, 'An access token is needed'],
  'token-expired': [401, 'The access token has expired'],
  'session-ended': [401, 'The session has ended'],
  'refresh-reused': [401, 'The refresh token was used before; the session has ended'],
  'wrong-credentials': [401, 'Identifier or password is wrong, or too many tries failed'],
  'wrong-code': [401, 'The code is wrong or was used before'],
  'codes-exhausted': [401, 'After too many wrong ones no code of a device counts; a recovery code does'],
  'challenge-expired': [401, 'The sign-in took too long; start again'],
  'key-refused': [401, 'The key is unknown, void or at its end'],
  'identity-not-linked': [401, 'No account here is linked with this identity'],
  'reauth-required': [403, 'Prove again who you are'],
  'mfa-required': [403, 'This account must have a second factor; enrol first'],
  forbidden: [403, 'Not permitted'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  'request-timeout': [408, 'The request took too long to arrive'],
  'in-progress': [409, 'A request with this Idempotency-Key is still being worked on'],
  'already-done': [409, 'This was done under the same Idempotency-Key; what it showed is not shown again'],
  'limit-reached': [409, 'There are as many as there may be; delete one first'],
  'identity-taken': [409, 'This identity is linked with another account'],
  'duplicate-key': [409, 'The account has this key already'],
  'last-way-in': [409, 'Without it nobody could sign in to this account'],
  stale: [412, 'The record changed since it was read'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The media type is not supported here'],
  misdirected: [421, 'This server does not answer for that host'],
  invalid: [422, 'Some values are not valid'],
  'identity-refused': [422, 'The ID token is not valid here, or was used before'],
  'proof-refused': [422, 'The signature is not one of this key over the challenge, or came too late'],
  'key-reused': [422, 'This Idempotency-Key was used for another request'],
  'precondition-required': [428, 'If-Match is needed'],
  'locked-out': [429, 'Too many failed sign-ins'],
  'rate-limited': [429, 'Too many requests'],
  'headers-too-large': [431, 'The header fields are too large'],
  internal: [500, 'Something went wrong in the server'],
  'issuer-differs': [502, 'The identity provider calls itself otherwise than it is set up here'],
  'identity-provider-down': [502, 'The identity provider cannot be asked for its keys'],
  'storage-full': [507, 'The server has no space left'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof problems;
const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

const fieldProblemSchema = z.strictObject({
  /** Name of the member; dotted if nested. */
  field: z.string(),
  code: z.enum(fieldErrorCodes),
  /** Code points, where the code is too-long or too-short; entries, where it is too-many. */
  limit: z.int().optional(),
});
export type FieldProblem = z.infer<typeof fieldProblemSchema>;

export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string().optional(),
    errors: z.array(fieldProblemSchema).optional(),
    /** The missing permission, where that is the reason. */
    permission: z.string().optional(),
    /** For `forbidden`: what stands against it, where that is no permission. */
    reason: z.enum(deletionReasons).optional(),
    /** Seconds, as in the Retry-After header. */
    retryAfter: z.int().optional(),
    /** For `wrong-credentials` of a sign-in: tries until it is locked, and seconds that it is locked then. */
    triesLeft: z.int().optional(),
    pauseSeconds: z.int().optional(),
    /** For `internal`: finds the cause in the server's log. */
    reference: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problemSchema>;

export type ProblemDetails = Omit<ProblemBody, 'type' | 'title' | 'status' | 'code'>;

/** The one error that routes and stores throw on purpose. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}, cause?: unknown) {
    super(problems[code][1], { cause });
    this.name = 'Problem';
    this.code = code;
    this.details = details;
  }

  toBody(): ProblemBody {
    const [status, title] = problems[this.code];
    return { type: `urn:profile-desk:problem:${this.code}`, title, status, code: this.code, ...this.details };
  }
}
