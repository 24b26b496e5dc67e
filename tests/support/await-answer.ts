import type { Spawned } from './spawned.ts';

/** Generous, because other work may keep both processors busy. */
const patienceMs = 150_000;

/**
 * Waits until a process that was just started answers 200 at `address`. Errors: Error with what it wrote, where it ends
 * before or that time passes.
 */
export async function awaitAnswer(server: Spawned, address: string): Promise<void> {
  const started = performance.now();
  let hasEnded = false;
  void server.ended.then(() => (hasEnded = true));
  while (!(await answers(address))) {
    const why = hasEnded ? 'ended' : performance.now() - started > patienceMs && `no answer within ${patienceMs} ms`;
    if (why) throw new Error(`${address}: ${why}\n${server.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
