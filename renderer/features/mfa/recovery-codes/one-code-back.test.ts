import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameCode, pickNumber } from './one-code-back.ts';

const set = (used: readonly boolean[]) => ({
  codes: used.map((isUsed, index) => ({ code: `code-${String(index)}`, isUsed })),
  createdAt: '2026-01-12T08:00:00.000Z',
});

describe('E5 one code back', () => {
  it('asks for a code that still works, by the number it has everywhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }).filter((used) => used.includes(false)),
        (used) => {
          expect(used[pickNumber(set(used)) - 1]).toBe(false);
        },
      ),
    );
  });

  it('does not always ask for the same one', () => {
    const asked = new Set(Array.from({ length: 200 }, () => pickNumber(set(Array<boolean>(10).fill(false)))));
    expect(asked.size).toBeGreaterThan(3);
  });

  it.each(['K7QF-2MXA', 'k7qf2mxa', ' k7qf 2mxa ', 'K7QF–2MXA', '\uff2b\uff17qf\u200b-2mxa'])('takes %s', (typed) => {
    expect(isSameCode(typed, 'K7QF-2MXA')).toBe(true);
  });

  it.each(['', 'K7QF-2MX', 'P3WD-9RTC', '----'])('does not take "%s"', (typed) => {
    expect(isSameCode(typed, 'K7QF-2MXA')).toBe(false);
  });

  it('takes nothing where there is no such code', () => {
    expect(isSameCode('', undefined)).toBe(false);
  });
});
