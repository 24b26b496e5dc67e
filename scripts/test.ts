import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeTempFolder, memoryDisk } from '../tests/support/temp-folder.ts';
import {
  cutToUnhandled,
  formatFailures,
  listFailedByPlaywright,
  listFailedByVitest,
  listSkippedByPlaywright,
  listSkippedByVitest,
  type Failure,
} from './listed-tests.ts';
import { mapInParallel } from './map-in-parallel.ts';
import { ensurePrograms } from './needed-programs.ts';
import { testProviders } from './provider-tests.ts';
import { listLintChecks, rendererTypes, simple, type StaticCheck } from './static-checks.ts';
import { countPlaywright, countStep, countVitest, formatSummary, type Counts, type StepReport } from './test-report.ts';
import { readReport, root, runNode, runTool, type RunResult } from './tools.ts';

// npm test [-- --no-install] [--live]: every step runs, also after a failure; one table and one closing line at the
// end. `--live` adds the real services that can be had here.

const reports = join(root, 'test-results', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
ensurePrograms({ mayInstall: !process.argv.includes('--no-install') });

/** Seconds that everything is meant to take on two free cores; the live providers apart. */
const budget = 480;
const steps: StepReport[] = [];
const skipped: string[] = [];
const failures: Failure[] = [];
const began = performance.now();

const build = simple('build', 'vite', ['build', '--logLevel', 'warn']);
await step(build.name, plain(build.run));
const size = { name: 'size', run: () => runNode(join(root, 'scripts', 'check-size.ts'), [], { output: 'kept' }) };
const checks: StaticCheck[] = [rendererTypes(), ...listLintChecks(), size];
await mapInParallel(checks, 2, ({ name, run }) => step(name, plain(run)));
// What tests write is gone after them, and half of what they write is made durable: without a disk it costs a sixth less.
using temp = makeTempFolder(memoryDisk(4 * 1024 ** 3));
// One after the other: each alone keeps two cores busy, and both at once need 270 s more of them, for what they push out
// of each other's caches and for what they ask again and again while they wait.
await testPages();
await testCode();

async function testPages(): Promise<void> {
  await step('end to end', async () => {
    const file = join(reports, 'playwright.json');
    const environment = { TMPDIR: temp.path, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const { ok } = await runTool('playwright', ['test', '--reporter=dot,json'], { output: 'shown', environment });
    const report = readReport(file);
    if (report) skipped.push(...listSkippedByPlaywright(report));
    return { ...countPlaywright(report, ok), failures: report ? listFailedByPlaywright(report) : [] };
  });
}

async function testCode(): Promise<void> {
  await step('unit and integration', async () => {
    const file = join(reports, 'vitest.json');
    const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
    console.log('      unit and integration: told when they end, some minutes from now');
    const { ok, output } = await runTool('vitest', args, { output: 'kept', environment: { TMPDIR: temp.path } });
    if (!ok) console.log(output);
    const report = readReport(file);
    if (report) skipped.push(...listSkippedByVitest(report, root));
    return { ...countVitest(report, ok), failures: report ? listFailedByVitest(report, root) : [], output };
  });
}

const whole = { seconds: (performance.now() - began) / 1_000, budget };
if (process.argv.includes('--live'))
  await step('live providers', async () => {
    const { skippedLines, ...counts } = await testProviders('live');
    skipped.push(...skippedLines);
    return counts;
  });

if (skipped.length > 0) console.log(`\nSkipped:\n  ${skipped.join('\n  ')}`);
if (failures.length > 0) console.log(`\nFailed:\n${formatFailures(failures)}`);
console.log(`\n${formatSummary(steps, whole)}`);
if (steps.some(({ failed }) => failed > 0)) process.exitCode = 1;

interface StepResult extends Counts {
  /** Of a step with tests of its own. */
  readonly failures?: readonly Failure[];
  readonly output?: string;
}

async function step(name: string, run: () => Promise<StepResult>): Promise<void> {
  const start = performance.now();
  const { failures: listed = [], output = '', ...counts } = await run();
  const seconds = (performance.now() - start) / 1_000;
  steps.push({ name, seconds, ...counts });
  // What breaks a runner itself is in no report.
  const own = { name, messages: [cutToUnhandled(output)] };
  if (counts.failed > 0) failures.push(...(listed.length > 0 ? listed : [own]));
  console.log(`${counts.failed > 0 ? 'FAILED' : 'ok    '} ${name} (${seconds.toFixed(1)} s)`);
}

/** A step that is one test: its output is shown only if it failed. */
function plain(run: () => Promise<RunResult>): () => Promise<StepResult> {
  return async () => {
    const { ok, output } = await run();
    if (!ok) console.log(output);
    return { ...countStep(ok), output };
  };
}
