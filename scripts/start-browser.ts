import { join } from 'node:path';
import { buildIfStale } from './build.ts';
import { root, runNode } from './tools.ts';

// npm run start:browser: the app in a browser window.

const built = await buildIfStale();
const result = built
  ? await runNode(join(root, 'preview', 'main.ts'), process.argv.slice(2), { output: 'shown' })
  : undefined;
if (!result?.ok) process.exitCode = 1;
