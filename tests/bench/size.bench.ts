import { measureScreens } from '../../scripts/screen-sizes.ts';
import type { BenchRow } from './bench-row.ts';

/** What each screen loads before it can be seen, after gzip. */
export function run(): Promise<BenchRow[]> {
  const rows = measureScreens().map(({ what, bytes, limit }) => ({
    name: what,
    measured: bytes / 1_000,
    unit: 'kB',
    target: { max: limit / 1_000, of: 'measured' as const },
  }));
  return Promise.resolve(rows);
}
