import * as z from 'zod';

/** How many tests a step ran; a step without a runner of its own (lint, types, build, size) is one test. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface StepReport extends Counts {
  readonly name: string;
  readonly seconds: number;
}

/** From the first step to the last, some of which ran side by side. */
export interface Whole {
  readonly seconds: number;
  /** Seconds it is meant to take. More is a warning, no failure: it says as much of the machine as of the tests. */
  readonly budget: number;
}

export function countStep(ok: boolean): Counts {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});
const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** Counts from the JSON report of vitest. `ok` is whether the runner itself was content. */
export function countVitest(report: string | undefined, ok: boolean): Counts {
  return count(report, ok, (value) => {
    const found = vitestSchema.parse(value);
    return {
      passed: found.numPassedTests,
      failed: found.numFailedTests,
      skipped: found.numPendingTests + found.numTodoTests,
    };
  });
}

/** Counts from the JSON report of Playwright. A test that passed only when repeated counts as failed. */
export function countPlaywright(report: string | undefined, ok: boolean): Counts {
  return count(report, ok, (value) => {
    const { stats } = playwrightSchema.parse(value);
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  });
}

/** A runner that broke down, wrote no report or failed outside of a test is one failure more, never silence. */
function count(report: string | undefined, ok: boolean, read: (value: unknown) => Counts): Counts {
  const counts = report === undefined ? countStep(false) : read(JSON.parse(report));
  return !ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** A table with one row a step, what took longer than it may, and the closing line. */
export function formatSummary(steps: readonly StepReport[], whole?: Whole): string {
  const header = ['step', 'passed', 'failed', 'skipped', 'seconds'];
  const rows = steps.map(({ name, passed, failed, skipped, seconds }) =>
    [name, passed, failed, skipped, seconds.toFixed(1)].map(String),
  );
  const table = [header, ...rows, ...(whole ? [['everything', '', '', '', whole.seconds.toFixed(1)]] : [])];
  const widths = header.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const isSlow = whole && whole.seconds > whole.budget;
  const warning = isSlow ? [`Longer than the ${String(whole.budget)} s that are meant.`] : [];
  return [...lines, ...warning, '', formatTotal(steps)].join('\n');
}

function formatTotal(steps: readonly Counts[]): string {
  const sum = (key: keyof Counts) => steps.reduce((total, step) => total + step[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
