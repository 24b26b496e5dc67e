import { describe, expect, it } from 'vitest';
import { applyRules, type Rule } from './rule.ts';

interface Part {
  name: string | null;
  version: string | null;
}

const unknown: Part = { name: null, version: null };
const found: Part = { name: 'Library', version: '9' };
const rules: readonly Rule<Part>[] = [
  { pattern: /^One\/(?<version>\d+)/, is: { name: 'First' } },
  { pattern: /^One\b|Two/, insteadOf: ['Other', null] },
  { pattern: /Two (?<name>\w+)(?: (?<version>\d+))?/ },
];
const apply = (text: string, from = found) => applyRules(rules, text, from, unknown);

describe('E8 · rules that go before the library', () => {
  it('take the first that fits, with its named groups', () => {
    expect(apply('One/7 Two x 1')).toEqual({ name: 'First', version: '7' });
    expect(apply('Two names 3')).toEqual({ name: 'names', version: '3' });
  });

  it('leave the library its say where none fits', () => {
    expect(apply('three')).toBe(found);
  });

  it('forget what the library said where one fits', () => {
    expect(apply('Two names').version).toBeUndefined();
    expect(apply('One', unknown)).toEqual(unknown);
  });

  it('count only in place of the names they correct', () => {
    expect(apply('One')).toBe(found);
    expect(apply('Two x', { name: 'Other', version: '1' })).toEqual(unknown);
  });
});
