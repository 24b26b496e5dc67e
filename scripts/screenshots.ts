import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './tools.ts';

// npm run screenshots -- [specs and options of Playwright]: builds, runs the tests of screens and browser, and keeps a
// picture of each state they pass through: test-results/screens in both themes, test-results/states. Those of the
// README go to docs/images.

const { ok, output } = await runTool('vite', ['build', '--logLevel', 'warn'], { output: 'kept' });
if (!ok) console.error(output);
const wanted = process.argv.slice(2);
const run =
  ok &&
  (await runTool('playwright', ['test', '--project=screens', '--project=browser', ...wanted], {
    output: 'shown',
    environment: { PICTURES: '1' },
  }));
if (!run || !run.ok) process.exitCode = 1;
console.log('Pictures: test-results/screens and test-results/states');

for (const theme of ['light', 'dark']) {
  const picture = join(root, 'test-results', 'screens', `profile-${theme}.png`);
  if (!existsSync(picture)) continue;
  mkdirSync(join(root, 'docs', 'images'), { recursive: true });
  copyFileSync(picture, join(root, 'docs', 'images', `profile-${theme}.png`));
}
