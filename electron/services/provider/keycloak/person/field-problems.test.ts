import { describe, expect, it } from 'vitest';
import { explainFields, isFixedPerson } from './field-problems.ts';

const refusal = (body: unknown, status = 400) => ({ status, body, retryAfter: undefined });
const entry = (field: string, errorMessage: string, ...params: unknown[]) => ({ field, errorMessage, params });
const sent = (...values: string[]) => new Map([['nickname', values]]);
const fieldsOf = (...errors: unknown[]) => explainFields(refusal({ errors }), sent('x'))?.fields;

describe('R4 what Keycloak says of a field', () => {
  it.each([
    ['error-invalid-length', ['Nickname', '2', '20'], { code: 'too-short', limit: 2 }],
    ['error-invalid-length-too-short', ['Nickname', 2], { code: 'too-short', limit: 2 }],
    ['error-invalid-length-too-long', ['Nickname', null, '500'], { code: 'too-long', limit: 500 }],
    ['error-invalid-length-too-long', ['Nickname'], { code: 'too-long' }],
    ['error-invalid-value', ['Nickname'], { code: 'not-a-choice' }],
    ['error-invalid-multivalued-size', ['Nickname', '0', '1'], { code: 'too-many' }],
    ['error-invalid-multivalued-size', ['Nickname', '2', '3'], { code: 'too-few' }],
    ['error-number-out-of-range', ['Nickname', '1', '9'], { code: 'out-of-range' }],
    ['error-invalid-number', ['Nickname'], { code: 'not-a-number' }],
    ['error-invalid-date', ['Nickname', 'x'], { code: 'not-a-date' }],
    ['error-invalid-uri-scheme', ['Nickname', 'javascript:', 'javascript'], { code: 'not-a-link' }],
    ['error-user-attribute-required', ['Nickname'], { code: 'required' }],
    ['error-user-attribute-read-only', ['Nickname'], { code: 'locked' }],
    ['error-invalid-email', ['Nickname', 'x'], { code: 'not-an-email' }],
    ['error-pattern-no-match', ['Nickname', '^a$'], { code: 'not-valid' }],
    ['error-of-a-later-version', null, { code: 'not-valid' }],
    ['${ourOwnKey}', [], { code: 'not-valid' }],
    ['Ask the front desk', ['Nickname', '^a$'], { code: 'not-valid', text: 'Ask the front desk' }],
    ['Ask\u202E the\ndesk', [], { code: 'not-valid', text: 'Ask the desk' }],
  ])('%s with %j', (message, params, expected) => {
    expect(fieldsOf({ field: 'nickname', errorMessage: message, params })).toEqual({ nickname: expected });
  });

  it('is too long where the value is not too short', () => {
    const body = { errors: [entry('nickname', 'error-invalid-length', 'Nickname', '2', '20')] };
    const found = explainFields(refusal(body), sent('x'.repeat(21)));
    expect(found).toEqual({ code: 'invalid-request', fields: { nickname: { code: 'too-long', limit: 20 } } });
  });

  it('is one message a field, the one that helps most', () => {
    const both = [entry('username', 'Ask the front desk'), entry('username', 'usernameExistsMessage')];
    expect(fieldsOf(...both)).toEqual({ username: { code: 'taken' } });
    expect(fieldsOf(...both.toReversed())).toEqual({ username: { code: 'taken' } });
    expect(
      fieldsOf(
        entry('email', 'missingEmailMessage'),
        entry('email', 'error-user-attribute-required'),
        entry('a', 'x y'),
      ),
    ).toEqual({ email: { code: 'required' }, a: { code: 'not-valid', text: 'x y' } });
  });

  it('is read where it stands alone at the top, and with 409', () => {
    const taken = entry('email', 'emailExistsMessage', '${email}');
    expect(explainFields(refusal(taken, 409), sent())?.fields).toEqual({ email: { code: 'taken' } });
  });

  it('is nothing of the kind in any other refusal', () => {
    expect(explainFields(refusal({ error: 'invalid_request' }), sent())).toBeUndefined();
    expect(explainFields(refusal({ errors: [] }), sent())).toBeUndefined();
    expect(explainFields(refusal({ errors: [entry('a', 'b')] }, 500), sent())).toBeUndefined();
    expect(fieldsOf(entry('__proto__', 'x'))).toEqual({});
  });

  it('is told apart from a person who cannot be changed at all', () => {
    expect(isFixedPerson(refusal({ errorMessage: 'readOnlyUserMessage' }))).toBe(true);
    expect(isFixedPerson(refusal({ errorMessage: 'other' }))).toBe(false);
  });
});
