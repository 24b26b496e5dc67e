import { join } from 'node:path';
import { buildIfStale } from './build.ts';
import { root, runNode } from './tools.ts';

// npm run bench: all benchmarks, or those named: npm run bench -- rpc storage

const built = await buildIfStale();
const result = built
  ? await runNode(join(root, 'tests', 'bench', 'run.ts'), process.argv.slice(2), { output: 'shown' })
  : undefined;
if (!result?.ok) process.exitCode = 1;
