import { describe, expect, it } from 'vitest';
import { createAdmission } from './admission.ts';

const mine = 'M'.repeat(43);
const theirs = 'T'.repeat(43);

describe('L14 a link lets one page in', () => {
  it('that may say so again, and no other page after it', () => {
    const { newCode, admits } = createAdmission(() => undefined);
    const code = newCode();
    expect(admits(mine, code)).toBe(true);
    expect(admits(mine, code)).toBe(true);
    expect(admits(mine, '')).toBe(true);
    expect(admits(theirs, code)).toBe(false);
  });

  it('and each further link another one, which takes its place', () => {
    let newPages = 0;
    const { newCode, admits } = createAdmission(() => (newPages += 1));
    const codes = [newCode(), newCode()];
    expect([admits(theirs, codes[1] ?? ''), admits(theirs, codes[1] ?? ''), newPages]).toEqual([true, true, 1]);
    expect([admits(mine, codes[0] ?? ''), newPages]).toEqual([true, 2]);
    expect(admits(theirs, codes[1] ?? '')).toBe(false);
    expect([admits(theirs, codes[0] ?? ''), admits(mine, ''), newPages]).toEqual([false, true, 2]);
  });

  it.each(['', 'short', `${mine}M`, `${mine.slice(1)} `])(
    'but none that names itself %j, and keeps the code',
    (token) => {
      const { newCode, admits } = createAdmission(() => undefined);
      const code = newCode();
      expect(admits(token, code)).toBe(false);
      expect(admits(mine, code)).toBe(true);
    },
  );

  it('nothing without a code, with an empty one, or with a code as the token', () => {
    const { newCode, admits } = createAdmission(() => undefined);
    const code = newCode();
    expect([admits(mine, ''), admits(mine, 'x'), admits(code, '')]).toEqual([false, false, false]);
  });

  it('and of very many unused ones the oldest goes', () => {
    const { newCode, admits } = createAdmission(() => undefined);
    const codes = Array.from({ length: 40 }, newCode);
    expect(admits(mine, codes[0] ?? '')).toBe(false);
    expect(admits(mine, codes.at(-1) ?? '')).toBe(true);
  });
});
