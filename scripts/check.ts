import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRelatedTests } from './related-tests.ts';
import { runChecks } from './run-checks.ts';
import { rendererRules, rendererTypes, rulesAndTypes, simple, type StaticCheck } from './static-checks.ts';
import { root } from './tools.ts';

// npm run check [-- FILES]: lint, types and the nearest tests of what changed since the last commit, or of the files
// named. For a change at work; npm test proves the whole.

const wanted = process.argv.slice(2);
const files = (wanted.length > 0 ? wanted : listChanged()).map((file) => file.replace(/^\.\//, ''));
const missing = wanted.filter((file) => !existsSync(join(root, file)));
if (missing.length > 0) {
  console.error(`no such file: ${missing.join(', ')}`);
  process.exitCode = 2;
} else if (files.length === 0) {
  console.log('Nothing changed since the last commit.');
} else {
  await check();
}

async function check(): Promise<void> {
  const { direct, farther } = findRelatedTests(root, files);
  const tests: StaticCheck[] =
    direct.length > 0 ? [simple(`tests: ${direct.join(' ')}`, 'vitest', ['run', '--reporter=dot', ...direct])] : [];
  // The two long ones first, so that they are side by side.
  await runChecks([...tests, ...listChecks()]);
  const specs = files.filter((file) => file.endsWith('.spec.ts'));
  if (specs.length > 0) console.log(`Needs a build: npm run test:e2e -- ${specs.join(' ')}`);
  if (farther > 0) console.log(`${String(farther)} more files of tests reach this over others: left to npm test.`);
}

function listChecks(): StaticCheck[] {
  const code = files.filter((file) => /\.(ts|vue|js|mjs)$/.test(file));
  const screens = code.filter((file) => file.startsWith('renderer/'));
  const others = code.filter((file) => !file.startsWith('renderer/'));
  const templates = screens.filter((file) => /\.(ts|vue)$/.test(file));
  // Whatever else a change breaks lies in files that import it: types of shared are looked at everywhere by npm run
  // types.
  return [
    ...(code.some((file) => /^(renderer|shared)\//.test(file)) ? [rendererTypes()] : []),
    ...(others.length > 0 ? [rulesAndTypes('rules and types', others)] : []),
    ...(screens.length > 0 ? [rendererRules('rules: renderer', ...screens)] : []),
    ...(templates.length > 0 ? [simple('templates', 'eslint', ['--max-warnings', '0', ...templates])] : []),
    simple('format', 'oxfmt', ['--check', '--no-error-on-unmatched-pattern', ...files]),
  ];
}

/** Also those that git does not know yet, without what was removed. */
function listChanged(): string[] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
  const all = [...git('diff', '--name-only', 'HEAD'), ...git('ls-files', '--others', '--exclude-standard')];
  return all.filter((file) => file !== '' && existsSync(join(root, file)));
}
