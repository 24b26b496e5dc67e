import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { spawnWatched } from '../support/spawned.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import type { BenchRow } from './bench-row.ts';

const root = join(import.meta.dirname, '..', '..');
const megabyte = 1_000_000;
/** After this many everything that stays is there: modules, compiled code, caches. */
const settled = 2_000;
const day = 12_000;
/** MB over Node alone. */
const maxInUseMb = 60;
/** MB over all refreshes after the first ones: what one refresh leaves behind would be there 10,000 times. */
const maxGrowthMb = 2;

interface Use {
  readonly rush: number;
  readonly rss: number;
  readonly own: number;
  readonly heap: number;
}

/** What the services keep in use over a day of refreshes: the profile each time, every tenth time all screens. */
export async function run(): Promise<BenchRow[]> {
  const bare = await measureNode();
  const [early, late] = await measureServices([settled, day]);
  if (!early || !late) throw new Error('the services said nothing of their memory');
  return [
    // No target: how much V8 keeps ready between two rushes is its own choice.
    { name: 'the same in the middle of a rush', measured: (late.rush - bare.rss) / megabyte, unit: 'MB' },
    { name: "the same with the pages of Node's own file", measured: (late.rss - bare.rss) / megabyte, unit: 'MB' },
    {
      name: `services after ${day.toLocaleString('en')} refreshes, over Node alone`,
      measured: (late.own - bare.own) / megabyte,
      unit: 'MB',
      target: { max: maxInUseMb, of: 'measured' },
    },
    {
      name: `growth over the last ${(day - settled).toLocaleString('en')} refreshes`,
      measured: (late.heap - early.heap) / megabyte,
      unit: 'MB',
      against: { name: 'in use before them', measured: early.heap / megabyte },
      target: { max: maxGrowthMb, of: 'measured' },
    },
  ];
}

async function measureNode(): Promise<Pick<Use, 'rss' | 'own'>> {
  const script = 'gc(); console.log(JSON.stringify({ rss: process.memoryUsage.rss(), own: ownMemory() }));';
  const file = join(import.meta.dirname, 'own-memory.ts');
  const options = ['--expose-gc', '--input-type=module', '-e', `import { ownMemory } from '${file}'; ${script}`];
  await using child = spawnWatched(process.execPath, options);
  const [line] = await child.waitFor(/\{.*\}/);
  return JSON.parse(line) as Pick<Use, 'rss' | 'own'>;
}

async function measureServices(marks: readonly number[]): Promise<Use[]> {
  await using server = spawnWatched(process.execPath, [join(import.meta.dirname, 'serve-sessions.ts'), '10']);
  const [line] = await server.waitFor(/\{.*\}/);
  const { address, identifier, password } = JSON.parse(line) as {
    address: string;
    identifier: string;
    password: string;
  };
  using folder = makeTempFolder();
  using bundle = await bundleServices();
  const options = ['--expose-gc', bundle.file, folder.path, address, identifier, password, ...marks.map(String)];
  await using app = spawnWatched(process.execPath, options);
  if ((await app.ended) !== 0) throw new Error(app.output());
  return [...app.output().matchAll(/^\{.*\}$/gm)].map(([json]) => JSON.parse(json) as Use);
}

/** As a packaged app has them: what Node needs to read TypeScript is not theirs. */
async function bundleServices(): Promise<Disposable & { readonly file: string }> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  // Inside the checkout, where it finds its packages.
  const outDir = mkdtempSync(join(root, 'dist/bench-'));
  const output = { entryFileNames: 'use-services.mjs' };
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { ssr: join(import.meta.dirname, 'use-services.ts'), outDir, target: 'node24', rolldownOptions: { output } },
  });
  return {
    file: join(outDir, output.entryFileNames),
    [Symbol.dispose]: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
