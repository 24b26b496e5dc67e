import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english, translations } from '@zxcvbn-ts/language-en';
import type { StrengthAnswer, StrengthQuestion } from './strength.ts';

// Nearly a megabyte of word lists and some milliseconds a password: both belong off the screen's thread.

const zxcvbn = new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs, translations });

addEventListener('message', ({ data }: MessageEvent<StrengthQuestion>) => {
  const { score, crackTimes, feedback } = zxcvbn.check(data.password, [...data.personal]);
  const answer: StrengthAnswer = {
    score,
    // A leaked list of slow hashes: 10,000 guesses a second.
    crackTime: crackTimes.offlineSlowHashingXPerSecond.display,
    advice: [...new Set([feedback.warning ?? '', ...feedback.suggestions].filter(Boolean))],
  };
  postMessage(answer);
});
