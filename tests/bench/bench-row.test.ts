import { describe, expect, it } from 'vitest';
import { isMet, ratioOf, type BenchRow } from './bench-row.ts';
import { formatTable } from './format-table.ts';
import { percentile } from './measure.ts';

const row = (changes: Partial<BenchRow> = {}): BenchRow => ({
  name: 'store write',
  measured: 5,
  unit: 'ms',
  ...changes,
});
const against = { name: 'plain write', measured: 2 };

describe('benchmark targets', () => {
  it.each<[boolean, Partial<BenchRow>]>([
    [true, {}],
    [true, { target: { max: 5, of: 'measured' } }],
    [false, { target: { max: 4.9, of: 'measured' } }],
    [true, { target: { min: 5, of: 'measured' } }],
    [false, { target: { min: 5.1, of: 'measured' } }],
    [true, { against, target: { max: 2.5, of: 'ratio' } }],
    [false, { against, target: { max: 2.4, of: 'ratio' } }],
    [false, { target: { max: 9, of: 'ratio' } }],
    [false, { measured: Number.NaN, target: { max: 9, of: 'measured' } }],
  ])('met: %s for %j', (expected, changes) => {
    expect(isMet(row(changes))).toBe(expected);
  });

  it('have a ratio only with something to compare', () => {
    expect(ratioOf(row({ against }))).toBe(2.5);
    expect(ratioOf(row())).toBeUndefined();
  });

  it('are printed with their verdict', () => {
    const table = formatTable([
      row({ against, target: { max: 2, of: 'ratio' } }),
      row({ target: { max: 9, of: 'measured' } }),
      row(),
    ]);
    expect(table.split('\n').map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['figure', 'measured', 'against', 'ratio', 'target', 'verdict'],
      ['store write', '5.00 ms', 'plain write 2.00 ms', '2.50', 'ratio ≤ 2', 'MISSED'],
      ['store write', '5.00 ms', '–', '–', '≤ 9 ms', 'met'],
      ['store write', '5.00 ms', '–', '–', '–', '–'],
    ]);
  });
});

describe('percentiles', () => {
  it('are values that were really measured, by the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect([percentile(values, 50), percentile(values, 95), percentile(values, 100)]).toEqual([50, 95, 100]);
    expect(percentile([7], 95)).toBe(7);
    expect(percentile([], 95)).toBeNaN();
  });
});
