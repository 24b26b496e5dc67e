import { describe, expect, it } from 'vitest';
import { thresholdFaults } from './thresholds.ts';

describe('W5 thresholds', () => {
  it('are whole percents from 1 to 100', () => {
    expect(thresholdFaults([1, 50, 100])).toEqual([undefined, undefined, undefined]);
    expect(thresholdFaults([0, 101, -1])).toEqual(['out-of-range', 'out-of-range', 'out-of-range']);
    expect(thresholdFaults([3.5, Number.NaN, Number.POSITIVE_INFINITY])).toEqual([
      'not-valid',
      'not-valid',
      'not-valid',
    ]);
    expect(thresholdFaults([null])).toEqual(['required']);
  });

  it('are distinct: the later one is the faulty one', () => {
    expect(thresholdFaults([80, 90, 80])).toEqual([undefined, undefined, 'duplicate']);
    expect(thresholdFaults([null, null])).toEqual(['required', 'required']);
  });
});
