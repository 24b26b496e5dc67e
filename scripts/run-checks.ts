import { mapInParallel } from './map-in-parallel.ts';
import type { StaticCheck } from './static-checks.ts';

/** Runs them two at a time, tells of each when it ends, and sets the exit code. */
export async function runChecks(checks: readonly StaticCheck[]): Promise<void> {
  await mapInParallel(checks, 2, async ({ name, run }) => {
    const start = performance.now();
    const { ok, output } = await run();
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)${ok ? '' : `\n${output.trimEnd()}`}`);
    if (!ok) process.exitCode = 1;
  });
}
