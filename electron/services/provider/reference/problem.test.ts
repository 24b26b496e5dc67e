import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorShapeSchema } from '../../../../shared/contract/error-shape.ts';
import { explainProblem } from './problem.ts';

const explain = (body: unknown, retryAfter?: number) => explainProblem({ status: 400, body, retryAfter });

describe('X6 · problems of the reference API', () => {
  it.each([
    ['wrong-credentials', { code: 'unauthenticated', reason: 'wrong-credentials' }],
    ['wrong-code', { code: 'unauthenticated', reason: 'wrong-code' }],
    ['codes-exhausted', { code: 'unauthenticated', reason: 'codes-exhausted' }],
    ['challenge-expired', { code: 'unauthenticated', reason: 'challenge-expired' }],
    ['session-ended', { code: 'unauthenticated', reason: 'session-ended' }],
    ['refresh-reused', { code: 'unauthenticated', reason: 'session-ended' }],
    ['token-expired', { code: 'unauthenticated', reason: 'session-ended' }],
    ['reauth-required', { code: 'reauth-required' }],
    ['mfa-required', { code: 'mfa-required' }],
    ['not-found', { code: 'not-found' }],
    ['storage-full', { code: 'server-fault', reason: 'provider-storage-full' }],
    ['forbidden', { code: 'forbidden' }],
    ['invalid', { code: 'invalid-request' }],
  ])('%s', (code, shape) => {
    expect(explain({ code })).toEqual(shape);
  });

  it('leaves what it does not know to the status', () => {
    for (const body of [{ code: 'teapot' }, { code: 'toString' }]) expect(explain(body)).toBeUndefined();
  });

  it.each([401, 403, 404, 412])(
    'takes no %s for its own that is no problem of it, as from a proxy’s login page',
    (status) => {
      for (const body of [{ code: 7 }, {}, [], 'text', null, undefined]) {
        expect(explainProblem({ status, body, retryAfter: undefined })).toEqual({
          code: 'untrusted-answer',
          reason: 'not-a-profile-service',
        });
      }
    },
  );

  it.each([408, 429, 500, 503])('leaves a %s that is no problem to what it means anywhere', (status) => {
    expect(explainProblem({ status, body: undefined, retryAfter: undefined })).toBeUndefined();
  });

  it('shows the whole of a lock-out, up to a week', () => {
    const lockedOut = { code: 'rate-limited', reason: 'locked-out' };
    expect(explain({ code: 'locked-out' }, 900)).toEqual({ ...lockedOut, retryAfter: 900 });
    expect(explain({ code: 'locked-out' }, Infinity)).toEqual({ ...lockedOut, retryAfter: 604_800 });
    expect(explain({ code: 'locked-out' })).toEqual(lockedOut);
  });

  it('passes the tries left on, both numbers or none, and believes in no pause beyond a week', () => {
    const wrong = { code: 'unauthenticated', reason: 'wrong-credentials' };
    const explained = (more: object) => explain({ code: 'wrong-credentials', ...more });
    expect(explained({ triesLeft: 4, pauseSeconds: 900 })).toEqual({ ...wrong, tries: { left: 4, pauseSeconds: 900 } });
    expect(explained({ triesLeft: 0, pauseSeconds: 10 ** 9 })).toEqual({
      ...wrong,
      tries: { left: 0, pauseSeconds: 604_800 },
    });
    expect(explained({ triesLeft: 4 })).toEqual(wrong);
    expect(explained({ pauseSeconds: 900 })).toEqual(wrong);
  });

  it('names the missing permission and the locked fields', () => {
    expect(
      explain({ code: 'forbidden', permission: 'Role Change', errors: [{ field: 'role', code: 'locked' }] }),
    ).toEqual({
      code: 'forbidden',
      permission: 'Role Change',
      fields: { role: { code: 'locked' } },
    });
  });

  it('calls a field fault that it does not know "not-valid"', () => {
    const errors = [
      { field: 'email', code: 'not-an-email' },
      { field: 'firstName', code: 'too-long', limit: 100 },
      { field: 'city', code: 'on-the-moon' },
    ];
    expect(explain({ code: 'invalid', errors })?.fields).toEqual({
      email: { code: 'not-an-email' },
      firstName: { code: 'too-long', limit: 100 },
      city: { code: 'not-valid' },
    });
  });

  it('takes no field name that is none', () => {
    const errors = ['__proto__', '', '../x', 'a b', '<b>'].map((field) => ({ field, code: 'required' }));
    expect(explain({ code: 'invalid', errors })).toEqual({ code: 'invalid-request' });
  });

  it('always fits the contract, whatever the server says', () => {
    const code = fc.constantFrom(
      'wrong-credentials',
      'invalid',
      'forbidden',
      'locked-out',
      'stale',
      'not-found',
      'rate-limited',
    );
    const fault = fc.record(
      { field: fc.string(), code: fc.string(), limit: fc.oneof(fc.integer(), fc.double()) },
      { requiredKeys: [] },
    );
    const problem = fc.record(
      {
        code,
        permission: fc.string({ maxLength: 400 }),
        errors: fc.array(fault),
        triesLeft: fc.integer(),
        pauseSeconds: fc.integer(),
      },
      { requiredKeys: ['code'] },
    );
    fc.assert(
      fc.property(fc.oneof(problem, fc.anything()), fc.option(fc.nat(), { nil: undefined }), (body, retryAfter) => {
        const shape = explain(body, retryAfter);
        if (shape) errorShapeSchema.parse(shape);
      }),
    );
  });
});
