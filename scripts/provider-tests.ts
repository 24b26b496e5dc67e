import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listSkippedByVitest } from './listed-tests.ts';
import { countVitest, type Counts } from './test-report.ts';
import { readReport, root, runTool } from './tools.ts';

interface ProviderTests extends Counts {
  /** One line for each file of which something was skipped, with the reason. */
  readonly skippedLines: readonly string[];
}

/** Against stand-ins and what Debian brings, as npm test does, or against the real services that can be had here. */
export async function testProviders(kind: 'stand-ins' | 'live'): Promise<ProviderTests> {
  const file = join(root, 'test-results', 'reports', `providers-${kind}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const which = kind === 'live' ? ['--config', 'vitest.live.config.ts'] : ['tests/providers/'];
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const { ok } = await runTool('vitest', ['run', ...which, ...reporters], { output: 'shown' });
  const report = readReport(file);
  return { ...countVitest(report, ok), skippedLines: report === undefined ? [] : listSkippedByVitest(report, root) };
}
