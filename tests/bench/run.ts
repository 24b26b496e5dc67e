import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, platform } from 'node:os';
import { join } from 'node:path';
import { isMet, ratioOf, type BenchRow } from './bench-row.ts';
import { formatTable } from './format-table.ts';

// npm run bench, or npm run bench -- storage: prints the figures, keeps them in bench/results.json, fails if one is
// missed.

interface BenchModule {
  run(): Promise<BenchRow[]>;
}

const ending = '.bench.ts';
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));

if (wanted.includes('--help')) {
  console.log(`npm run bench [-- NAME...]: all benchmarks, or those named: ${known.join(', ')}`);
} else if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are: ${known.join(', ')}`);
  process.exitCode = 2;
} else {
  await runAll(wanted.length > 0 ? wanted : known);
}

async function runAll(names: readonly string[]): Promise<void> {
  const rows: (BenchRow & { bench: string })[] = [];
  let hasFailed = false;
  for (const bench of names) {
    console.log(`\n${bench}`);
    try {
      const { run } = (await import(`./${bench}${ending}`)) as BenchModule;
      const measured = await run();
      console.log(formatTable(measured));
      rows.push(...measured.map((row) => ({ bench, ...row })));
    } catch (error) {
      hasFailed = true;
      console.error(error);
    }
  }
  keep(rows);
  const missed = rows.filter((row) => !isMet(row)).length;
  console.log(`\n${rows.filter(({ target }) => target).length - missed} targets met, ${missed} missed`);
  if (missed > 0 || hasFailed) process.exitCode = 1;
}

function keep(rows: readonly BenchRow[]): void {
  const folder = join(import.meta.dirname, '..', '..', 'bench');
  mkdirSync(folder, { recursive: true });
  const results = {
    at: new Date().toISOString(),
    on: {
      platform: platform(),
      node: process.version,
      processors: cpus().length,
      processor: cpus()[0]?.model ?? 'unknown',
    },
    rows: rows.map((row) => ({ ...row, ratio: ratioOf(row) ?? null, isMet: isMet(row) })),
  };
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
}
