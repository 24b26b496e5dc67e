import { judgeStrength } from './judge-strength.ts';
import type { StrengthQuestion } from './strength.ts';

// Nearly a megabyte of word lists and some milliseconds a password: both belong off the screen's thread.

addEventListener('message', ({ data }: MessageEvent<StrengthQuestion>) => postMessage(judgeStrength(data)));
