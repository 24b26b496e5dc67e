import { spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';

/** When a writing process is killed. */
export interface KillMoment {
  /** Lines that it has written by then, so that each round gets somewhere on a machine of any speed. */
  readonly afterLines: number;
  /** Milliseconds after the last of these: anywhere in what it does next. */
  readonly thenMs: number;
}

/** `SEED=n` repeats the moments of a run that failed; the name of its test says which they were. */
export const killSeed = Number(process.env['SEED'] ?? randomInt(1, 2 ** 31));

/** Milliseconds that a round may take on a busy machine: only a hang reaches it. */
export const maxRoundMs = 30_000;

/**
 * For each `round` (a name) another, and the same for the same seed; both numbers below their bounds, and a line at
 * least.
 */
export function killMomentOf(round: string, below: KillMoment): KillMoment {
  const hash = createHash('sha256')
    .update(`${String(killSeed)}/${round}`)
    .digest();
  return {
    afterLines: 1 + (hash.readUInt32BE() % (below.afterLines - 1)),
    thenMs: hash.readUInt32BE(4) % below.thenMs,
  };
}

/**
 * Lets a script write lines until it is killed (SIGKILL), and gives those that came out whole. Errors: it ended before
 * by itself.
 */
export async function writeUntilKilled(
  script: string,
  args: readonly string[],
  { afterLines, thenMs }: KillMoment,
): Promise<string[]> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  const lines = () => output.split('\n').slice(0, -1);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (lines().length >= afterLines) timer ??= setTimeout(() => child.kill('SIGKILL'), thenMs);
  });
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  if (child.signalCode !== 'SIGKILL')
    throw new Error(`${script} ended by itself after ${String(lines().length)} lines`);
  return lines();
}
