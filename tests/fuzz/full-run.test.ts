import { describe, expect, it } from 'vitest';
import { Outcomes, ownPart } from './full-run.ts';

describe('D2 the long form, shared by several machines', () => {
  const all = Array.from({ length: 13 }, (_, at) => at);

  it('leaves nothing out, and does nothing twice', () => {
    const parts = [1, 2, 3, 4].map((part) => ownPart(all, `${part}/4`));
    expect(parts[1]).toEqual([1, 5, 9]);
    expect(parts.flat().toSorted((a, b) => a - b)).toEqual(all);
    expect(ownPart(all, '1/1')).toEqual(all);
  });

  it.each(['0/4', '5/4', '1/0', '1', 'all', '1/4x'])('refuses the part %s', (part) => {
    expect(() => ownPart(all, part)).toThrow(`FUZZ_PART is ${part}`);
  });

  it('counts what came of the inputs, most frequent first', () => {
    const outcomes = new Outcomes();
    for (const outcome of ['done', 'invalid-request', 'invalid-request']) outcomes.add(outcome);
    expect(JSON.stringify(outcomes)).toBe('{"invalid-request":2,"done":1}');
    expect(outcomes.count('locked')).toBe(0);
  });
});
