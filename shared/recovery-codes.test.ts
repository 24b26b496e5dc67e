import { describe, expect, it } from 'vitest';
import { formatRecoveryCodes, numberRecoveryCodes } from './recovery-codes.ts';

const codes = Array.from({ length: 10 }, (_, n) => ({ code: `k7mxp-2rtq${String(n)}`, isUsed: n === 2 }));

describe('E5 recovery codes', () => {
  it('are numbered from 1 in the order of the set', () => {
    expect(numberRecoveryCodes(codes).slice(0, 3)).toEqual([
      { number: 1, code: 'k7mxp-2rtq0', isUsed: false },
      { number: 2, code: 'k7mxp-2rtq1', isUsed: false },
      { number: 3, code: 'k7mxp-2rtq2', isUsed: true },
    ]);
  });

  it('stand one in a line under each other, used ones marked in the reader’s language', () => {
    const lines = formatRecoveryCodes(codes, 'verbraucht');
    expect(lines).toHaveLength(10);
    expect([lines[0], lines[2], lines[9]]).toEqual([
      ' 1. k7mxp-2rtq0',
      ' 3. k7mxp-2rtq2 (verbraucht)',
      '10. k7mxp-2rtq9',
    ]);
  });
});
