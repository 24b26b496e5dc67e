import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mapInParallel } from './map-in-parallel.ts';
import { ensurePrograms } from './needed-programs.ts';
import { testProviders } from './provider-tests.ts';
import { listLintChecks, rendererTypes, simple } from './static-checks.ts';
import {
  countPlaywright,
  countStep,
  countVitest,
  formatSummary,
  listSkippedByPlaywright,
  listSkippedByVitest,
  type Counts,
  type StepReport,
} from './test-report.ts';
import { readReport, root, runNode, runTool, type RunResult } from './tools.ts';

// npm test [-- --no-install] [--live]: every step runs, also after a failure; one table and one closing line at the
// end. `--live` adds the real services that can be had here.

const reports = join(root, 'test-results', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
ensurePrograms({ mayInstall: !process.argv.includes('--no-install') });

const build = simple('build', 'vite', ['build', '--logLevel', 'warn']);
/** Seconds on two calm cores, where two of the first ones run at a time. */
const budgets: Readonly<Record<string, number>> = {
  build: 15,
  'rules and types': 45,
  'rules: renderer': 30,
  templates: 30,
  format: 10,
  unused: 20,
  'types: renderer': 45,
  'unit and integration': 180,
  size: 5,
  'end to end': 240,
  'live providers': 150,
};
const steps: StepReport[] = [];
const skipped: string[] = [];
// The build first, because tests boot what was built; lint and types beside it.
await mapInParallel([build, ...listLintChecks(), rendererTypes()], 2, ({ name, run }) => step(name, plain(run)));
await step('unit and integration', async () => {
  const file = join(reports, 'vitest.json');
  const { ok } = await runTool('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`], {
    output: 'shown',
  });
  const report = readReport(file);
  if (report) skipped.push(...listSkippedByVitest(report, root));
  return countVitest(report, ok);
});
await step(
  'size',
  plain(() => runNode(join(root, 'scripts', 'check-size.ts'), [], { output: 'kept' })),
);
await step('end to end', async () => {
  const file = join(reports, 'playwright.json');
  const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const { ok } = await runTool('playwright', ['test', '--reporter=dot,json'], { output: 'shown', environment });
  const report = readReport(file);
  if (report) skipped.push(...listSkippedByPlaywright(report));
  return countPlaywright(report, ok);
});
if (process.argv.includes('--live'))
  await step('live providers', async () => {
    const { skippedLines, ...counts } = await testProviders('live');
    skipped.push(...skippedLines);
    return counts;
  });

if (skipped.length > 0) console.log(`\nSkipped:\n  ${skipped.join('\n  ')}`);
console.log(`\n${formatSummary(steps)}`);
if (steps.some(({ failed }) => failed > 0)) process.exitCode = 1;

async function step(name: string, run: () => Promise<Counts>): Promise<void> {
  const start = performance.now();
  const counts = await run();
  const seconds = (performance.now() - start) / 1_000;
  const budget = budgets[name];
  steps.push({ name, seconds, ...(budget !== undefined && { budget }), ...counts });
  console.log(`${counts.failed > 0 ? 'FAILED' : 'ok    '} ${name} (${seconds.toFixed(1)} s)`);
}

/** A step that is one test: its output is shown only if it failed. */
function plain(run: () => Promise<RunResult>): () => Promise<Counts> {
  return async () => {
    const { ok, output } = await run();
    if (!ok) console.log(output);
    return countStep(ok);
  };
}
