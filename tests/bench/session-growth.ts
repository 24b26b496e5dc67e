import { join } from 'node:path';
import { spawnWatched } from '../support/spawned.ts';
import type { BenchRow } from './bench-row.ts';
import { percentile } from './measure.ts';

const sizes = [10, 1_000, 10_000] as const;
const lists = 7;
const closedWithinMs = 1_000;
const maxWaitMs = 50;
/** Ten times the sessions: what grows with them takes ten times as long, what grows faster a hundred times. */
const linear = 15;

interface Growth {
  readonly list: number;
  readonly close: number;
  /** Of somebody else, meanwhile. */
  readonly wait: number;
}

/** The server alone, in a process of its own: what one person's sessions cost them, and everybody else. */
export async function measureGrowth(): Promise<BenchRow[]> {
  const measured: Growth[] = [];
  for (const size of sizes) measured.push(await measure(size));
  return sizes.flatMap((size, at) => rowsOf(size, measured[at], sizes[at - 1], measured[at - 1]));
}

async function measure(size: number): Promise<Growth> {
  await using child = spawnWatched(process.execPath, [join(import.meta.dirname, 'serve-sessions.ts'), String(size)]);
  const [line] = await child.waitFor(/\{.*\}/);
  const { address, accessToken } = JSON.parse(line) as { address: string; accessToken: string };
  const ask = async (method: string, path: string): Promise<number> => {
    const start = performance.now();
    const answer = await fetch(`${address}${path}`, { method, headers: { authorization: `Bearer ${accessToken}` } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path} answers ${String(answer.status)}`);
    return performance.now() - start;
  };
  const listed: number[] = [];
  for (let count = 0; count < lists; count += 1) listed.push(await ask('GET', '/me/sessions'));
  const waits: number[] = [];
  let isClosing = true;
  const closing = ask('POST', '/me/sessions/close-others').finally(() => (isClosing = false));
  while (isClosing) waits.push(await ask('GET', '/meta'));
  return { list: percentile(listed, 50), close: await closing, wait: Math.max(...waits) };
}

function rowsOf(size: number, growth?: Growth, smaller?: number, less?: Growth): BenchRow[] {
  if (!growth) return [];
  const isLargest = size === sizes.at(-1);
  const row = (name: string, of: keyof Growth): BenchRow => ({
    name: `${size.toLocaleString('en')} sessions at the server, ${name}`,
    measured: growth[of],
    unit: 'ms',
    ...(less && smaller !== undefined && { against: { name: `${smaller.toLocaleString('en')}`, measured: less[of] } }),
  });
  const most = (max: number, of: 'measured' | 'ratio') => (isLargest ? { target: { max, of } } : {});
  return [
    { ...row('list, p50', 'list'), ...most(linear, 'ratio') },
    { ...row('close all others', 'close'), ...most(closedWithinMs, 'measured') },
    { ...row('longest wait of another meanwhile', 'wait'), ...most(maxWaitMs, 'measured') },
  ];
}
