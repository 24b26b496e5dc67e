import { describe, expect, it } from 'vitest';
import { judgeStrength } from '../../renderer/patterns/strength/judge-strength.ts';

/** Signs, digits and letters in no order, the same in each run. */
const random = (length: number) =>
  Array.from({ length }, (_, at) => String.fromCharCode(33 + ((at * 7_919 + at * at * 31) % 94))).join('');
const kinds = {
  'no order': random,
  words: (length: number) => 'correct horse battery staple '.repeat(40).slice(0, length),
  'signs for letters': (length: number) => 'p4$$w0rd1!3@'.repeat(100).slice(0, length),
  digits: (length: number) => '1234567890'.repeat(100).slice(0, length),
};
const ask = (password: string) => judgeStrength({ password, personal: ['Mara', 'Lindqvist'] });

/** Processor time of this thread: others of V8 work for the whole file. */
function millisecondsOf(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

describe('P10 the strength of a long password (W9)', () => {
  it.each(Object.entries(kinds))('costs no second of the processor: %s', (_kind, make) => {
    ask('warm');
    for (const length of [100, 128, 1_000]) {
      // The better of two: a busy machine makes one slow, a slow judgement both.
      const fastest = Math.min(...[1, 2].map(() => millisecondsOf(() => ask(make(length)))));
      expect(fastest, `${String(length)} characters, ms`).toBeLessThan(1_000);
    }
  });

  it('is that of its first hundred characters', () => {
    expect(ask('a'.repeat(100) + random(900))).toEqual(ask('a'.repeat(100)));
    expect(ask('a'.repeat(100)).score).toBeLessThan(2);
    expect(ask('😀'.repeat(100)).score).toBe(ask('😀'.repeat(101)).score);
  });

  it('still sees a word behind signs, and a name', () => {
    expect(ask('P4$$w0rd').score).toBe(0);
    expect(ask('lindqvist').score).toBe(0);
    expect(ask(random(30)).score).toBe(4);
  });
});
