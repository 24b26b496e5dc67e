import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { layers } from './layers.ts';
import { mapInParallel } from './map-in-parallel.ts';
import { ensurePrograms } from './needed-programs.ts';
import { countPlaywright, countStep, countVitest, formatSummary, type Counts, type StepReport } from './test-report.ts';
import { root, runNode, runTool, type RunResult } from './tools.ts';

// npm test: every step runs, also after a failure; one table and one closing line at the end.

const reports = join(root, 'test-results', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
ensurePrograms();

const steps: StepReport[] = [];
await step(
  'lint: oxlint',
  plain(() => runTool('oxlint', ['--deny-warnings'], { output: 'kept' })),
);
await step(
  'lint: eslint',
  plain(() => runTool('eslint', ['--max-warnings', '0', '.'], { output: 'kept' })),
);
await mapInParallel(layers, 2, ({ folder, checker }) =>
  step(
    `types: ${folder}`,
    plain(() => runTool(checker, ['-p', folder], { output: 'kept' })),
  ),
);
// Before the tests, because some boot what was built.
await step(
  'build',
  plain(() => runTool('vite', ['build', '--logLevel', 'warn'], { output: 'kept' })),
);
await step('unit and integration', async () => {
  const file = join(reports, 'vitest.json');
  const { ok } = await runTool(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { output: 'shown' },
  );
  return countVitest(readReport(file), ok);
});
await step(
  'size',
  plain(() => runNode(join(root, 'scripts', 'check-size.ts'), [], { output: 'kept' })),
);
await step('end to end', async () => {
  const file = join(reports, 'playwright.json');
  const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const { ok } = await runTool('playwright', ['test', '--reporter=list,json'], { output: 'shown', environment });
  return countPlaywright(readReport(file), ok);
});

console.log(`\n${formatSummary(steps)}`);
if (steps.some(({ failed }) => failed > 0)) process.exitCode = 1;

async function step(name: string, run: () => Promise<Counts>): Promise<void> {
  const start = performance.now();
  const counts = await run();
  const seconds = (performance.now() - start) / 1_000;
  steps.push({ name, seconds, ...counts });
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

function readReport(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
