import { join } from 'node:path';
import { buildIfStale } from './build.ts';
import { root, runNode } from './tools.ts';

// npm run start:browser: prints a link to the app for a browser.

const built = await buildIfStale();
const result = built
  ? await runNode(join(root, 'preview', 'main.ts'), process.argv.slice(2), { output: 'shown' })
  : undefined;
if (!result?.ok) process.exitCode = 1;
