import { layers } from './layers.ts';
import { mapInParallel } from './map-in-parallel.ts';
import { runTool } from './tools.ts';

// Checks the types of every layer, or of those named: npm run types -- renderer server

const wanted = process.argv.slice(2);
const chosen = layers.filter(({ folder }) => wanted.length === 0 || wanted.includes(folder));
await mapInParallel(chosen, 2, async ({ folder, checker }) => {
  const { ok, output } = await runTool(checker, ['-p', folder], { output: 'kept' });
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${folder}\n${output}`.trimEnd());
  if (!ok) process.exitCode = 1;
});
