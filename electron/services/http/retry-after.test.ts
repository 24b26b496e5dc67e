import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const now = Date.UTC(2026, 0, 1);

describe('D2 · Retry-After in seconds', () => {
  it.each([
    ['0', 0],
    [' 17 ', 17],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
    ['Thursday, 01-Jan-26 00:01:00 GMT', 60],
    ['Thu Jan  1 00:01:00 2026 GMT', 60],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['1.5', undefined],
    ['-3', undefined],
    ['2026', 2026],
    ['Infinity', undefined],
    ['Thu, 99 Foo 2026', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, seconds) => {
    expect(parseRetryAfter(header, now)).toBe(seconds);
  });

  it('is never negative and never NaN', () => {
    fc.assert(fc.property(fc.string(), (header) => (parseRetryAfter(header, now) ?? 0) >= 0));
  });
});
