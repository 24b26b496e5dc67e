import { describe, expect, it } from 'vitest';
import { countPlaywright, countStep, countVitest, formatSummary } from './test-report.ts';

const vitest = (passed: number, failed: number, pending = 0) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 1 });
const playwright = (stats: object) =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats } });

const quick = { seconds: 90, budget: 100 };

describe('what npm test counts', () => {
  it('takes the runners by their word', () => {
    expect(countVitest(vitest(7, 0, 2), true)).toEqual({ passed: 7, failed: 0, skipped: 3 });
    expect(countVitest(vitest(7, 2), false)).toEqual({ passed: 7, failed: 2, skipped: 1 });
    expect(countPlaywright(playwright({ expected: 4, unexpected: 1, skipped: 2 }), false)).toEqual({
      passed: 4,
      failed: 1,
      skipped: 2,
    });
  });

  it('counts a test that passed only when repeated as failed', () => {
    expect(countPlaywright(playwright({ expected: 4, flaky: 1 }), true)).toEqual({ passed: 4, failed: 1, skipped: 0 });
  });

  it('never lets a runner that broke down pass', () => {
    expect(countVitest(undefined, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countVitest(undefined, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countVitest(vitest(7, 0), false).failed).toBe(1);
    expect(countPlaywright(playwright({ expected: 4 }), false).failed).toBe(1);
    expect(() => countVitest('{}', true)).toThrow();
  });
});

describe('the summary of npm test', () => {
  it('ends with one plain line', () => {
    const lint = { name: 'lint', seconds: 1, ...countStep(true) };
    const build = { name: 'build', seconds: 12.34, ...countStep(false) };
    const unit = { name: 'unit', seconds: 3, ...countVitest(vitest(10, 1), false) };
    expect(formatSummary([lint], quick).split('\n').at(-1)).toBe('1 passed, 0 failed');
    expect(formatSummary([lint, build, unit], quick).split('\n').at(-1)).toBe('11 passed, 2 failed, 1 skipped');
  });

  it('has one aligned row a step, and one of everything, which is less than their sum', () => {
    const lines = formatSummary([{ name: 'lint', seconds: 1, ...countStep(true) }], quick).split('\n');
    expect(lines).toEqual([
      'step        passed  failed  skipped  seconds',
      'lint             1       0        0      1.0',
      'everything                              90.0',
      '',
      '1 passed, 0 failed',
    ]);
  });

  it('warns where everything took longer than it may, and fails nothing for it', () => {
    const lint = { name: 'lint', seconds: 46, ...countStep(true) };
    const summary = formatSummary([lint], { ...quick, seconds: 101 });
    expect(summary).toContain('Longer than the 100 s that are meant.');
    expect(summary.split('\n').at(-1)).toBe('1 passed, 0 failed');
  });
});
