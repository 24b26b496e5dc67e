import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countVitest, formatSummary, listSkippedByVitest } from './test-report.ts';
import { root, runTool } from './tools.ts';

// npm run test:providers: every provider against its stand-in, as npm test does; with -- --live against the real
// services that can be had here. One table and one closing line at the end.

const isLive = process.argv.includes('--live');
const name = isLive ? 'live providers' : 'providers';
const file = join(root, 'test-results', 'reports', `${name.replace(' ', '-')}.json`);
mkdirSync(join(file, '..'), { recursive: true });
rmSync(file, { force: true });

const which = isLive ? ['--config', 'vitest.live.config.ts'] : ['tests/providers/'];
const start = performance.now();
const { ok } = await runTool(
  'vitest',
  ['run', ...which, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  { output: 'shown' },
);
const seconds = (performance.now() - start) / 1_000;
const report = readReport();
const counts = countVitest(report, ok);
const skipped = report === undefined ? [] : listSkippedByVitest(report, root);
if (skipped.length > 0) console.log(`\nSkipped:\n  ${skipped.join('\n  ')}`);
console.log(`\n${formatSummary([{ name, seconds, ...counts }])}`);
if (counts.failed > 0) process.exitCode = 1;

function readReport(): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
