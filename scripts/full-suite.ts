import { runTool } from './tools.ts';

// npm run test:faults, test:fuzz and test:soak: the long form of a suite that npm test runs in its short form.

const [suite = ''] = process.argv.slice(2);
const { ok } = await runTool('vitest', ['run', `tests/${suite}/`], { output: 'shown', environment: { FULL: '1' } });
if (!ok) process.exitCode = 1;
