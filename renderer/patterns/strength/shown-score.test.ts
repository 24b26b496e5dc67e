import { describe, expect, it } from 'vitest';
import { shownScore } from './shown-score.ts';

describe('W9 E3 how strong a password is called', () => {
  it.each([
    { score: 4, breaksRule: true, shown: 1 },
    { score: 2, breaksRule: true, shown: 1 },
    { score: 0, breaksRule: true, shown: 0 },
    { score: 4, breaksRule: false, shown: 4 },
  ] as const)('$score is shown as $shown where a rule is broken: $breaksRule', ({ score, breaksRule, shown }) => {
    expect(shownScore(score, breaksRule)).toBe(shown);
  });
});
