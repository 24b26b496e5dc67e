import { describe, expect, it } from 'vitest';
import { errorCodes, errorReasons, fieldErrorCodes } from '../../../shared/contract/errors.ts';
import { errorText, failureTitle } from './error-text.ts';
import { fieldErrorText } from './field-error-text.ts';

const codes: readonly string[] = [...errorCodes, ...errorReasons, ...fieldErrorCodes];

/** A sentence in words: no key of the catalogue, no code, no place left unfilled. */
function expectWords(text: string): void {
  expect(text).toMatch(/^[A-Z][^{}]+[./a-z\d]$/);
  expect(text).not.toMatch(/errors?\.|fieldErrors\./);
  expect(codes.filter((code) => code.includes('-') && text.includes(code))).toEqual([]);
}

describe('error texts', () => {
  it.each(errorCodes)('%s has words', (code) => expectWords(errorText({ code })));
  it.each(errorReasons)('%s has words of its own', (reason) => {
    const text = errorText({ code: 'internal', reason });
    expectWords(text);
    expect(text).not.toBe(errorText({ code: 'internal' }));
  });
  it.each(fieldErrorCodes)('%s has words at its field', (code) => expectWords(fieldErrorText({ code })));

  it('has a different text for every reason', () => {
    const texts = errorReasons.map((reason) => errorText({ code: 'internal', reason }));
    expect(new Set(texts).size).toBe(errorReasons.length);
  });

  it('says how long to wait, which permission is missing, how long a field may be, and where the log has more', () => {
    expect(errorText({ code: 'rate-limited', reason: 'locked-out', retryAfter: 872 })).toContain('14 min 32 sec');
    expect(errorText({ code: 'rate-limited', retryAfter: 5 })).toContain('5 sec');
    expect(errorText({ code: 'server-fault', reason: 'service-busy', retryAfter: 5 })).toMatch(/^The service .* 5 sec/);
    expect(errorText({ code: 'forbidden', permission: 'Role Change' })).toContain('“Role Change”');
    expect(errorText({ code: 'internal', reference: 'K7Q2' })).toContain('K7Q2');
    expect(fieldErrorText({ code: 'too-long', limit: 100 })).toContain('100');
    expect(fieldErrorText({ code: 'too-short', limit: 3 })).toContain('3');
  });

  it('shows at a field what whoever runs the service wrote for the case', () => {
    expect(fieldErrorText({ code: 'not-valid', text: 'Ask the front desk' })).toBe('Ask the front desk');
  });

  it('shows a permission as it is, also one that looks like a place to fill in', () => {
    expect(errorText({ code: 'forbidden', permission: '{time} | $&' })).toContain('“{time} | $&”');
  });

  it('does not say that something was not done where nobody knows', () => {
    const title = 'Your changes are not saved yet';
    expect(failureTitle(title, [{ code: 'offline', reason: 'timed-out' }])).toBe(title);
    expect(failureTitle(title, [{ code: 'conflict' }, { code: 'offline', reason: 'outcome-unknown' }])).toBe(
      'Nobody knows yet whether this was done',
    );
  });
});
