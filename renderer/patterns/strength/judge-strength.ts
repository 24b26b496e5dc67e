import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english, translations } from '@zxcvbn-ts/language-en';
import type { StrengthAnswer, StrengthQuestion } from './strength.ts';

/** Characters that are judged: the cost grows with the square of the length, and nobody guesses what is beyond. */
const judged = 100;

const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common, ...english },
  graphs: adjacencyGraphs,
  translations,
  // Of 100 that the library would try, for each of the dictionaries, of a password that is nothing but signs.
  l33tMaxSubstitutions: 30,
});

/** Far below a second of CPU, however long the password is. */
export function judgeStrength({ password, personal }: StrengthQuestion): StrengthAnswer {
  const start = Array.from(password).slice(0, judged).join('');
  const { score, crackTimes, feedback } = zxcvbn.check(start, [...personal]);
  return {
    score,
    // A leaked list of slow hashes: 10,000 guesses a second.
    crackTime: crackTimes.offlineSlowHashingXPerSecond.display,
    advice: [...new Set([feedback.warning ?? '', ...feedback.suggestions].filter(Boolean))],
  };
}
