import type { StrengthAnswer } from './strength.ts';

type Score = StrengthAnswer['score'];

const weak: Score = 1;

/** However hard to guess: what breaks a rule of the provider is never called better than weak. */
export function shownScore(score: Score, breaksRule: boolean): Score {
  return breaksRule && score > weak ? weak : score;
}
