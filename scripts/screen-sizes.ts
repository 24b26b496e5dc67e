import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './tools.ts';

/** Budgets in bytes after gzip. */
const budget = { script: 90_000, style: 12_000, lazyScript: 25_000 };
const entry = 'index.html';
/** The profile is part of the start; the other screen that may come first is fetched, with its texts. */
const firstScreens: Readonly<Record<string, readonly string[]>> = {
  [entry]: [],
  'pages/SignInPage.vue': ['../locales/en/sign-in.json'],
};
/** Named in the page itself, outside of the manifest. */
const beside = ['theme.js'];

const folder = join(root, 'dist', 'renderer');

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly isDynamicEntry?: boolean;
}
type Manifest = Readonly<Record<string, Chunk>>;

export interface ScreenSize {
  readonly what: string;
  /** After gzip. */
  readonly bytes: number;
  readonly limit: number;
}

/** What each screen loads before it can be seen, from Vite's manifest of the built renderer. */
export function measureScreens(): ScreenSize[] {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8')) as Manifest;
  const first = Object.entries(firstScreens).flatMap(([screen, texts]) => {
    const files = filesOf(manifest, [entry, screen, ...texts]);
    return [
      {
        what: `first screen, ${screen}: script`,
        bytes: sum(files.filter(isScript).concat(beside)),
        limit: budget.script,
      },
      {
        what: `first screen, ${screen}: style`,
        bytes: sum(files.filter((file) => !isScript(file))),
        limit: budget.style,
      },
    ];
  });
  const shared = new Set(filesOf(manifest, [entry]));
  const lazy = Object.entries(manifest)
    .filter(([name, chunk]) => chunk.isDynamicEntry && !(name in firstScreens))
    .map(([name]) => {
      const files = filesOf(manifest, [name]).filter((file) => isScript(file) && !shared.has(file));
      return { what: `lazy, ${name}: script`, bytes: sum(files), limit: budget.lazyScript };
    });
  return [...first, ...lazy];
}

function filesOf(manifest: Manifest, names: readonly string[]): string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const queue = [...names];
  for (const name of queue) {
    if (seen.has(name)) continue;
    seen.add(name);
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    queue.push(...(chunk.imports ?? []));
  }
  return [...files];
}

function isScript(file: string): boolean {
  return file.endsWith('.js');
}

function sum(files: readonly string[]): number {
  return files.reduce((total, file) => total + gzipSync(readFileSync(join(folder, file))).length, 0);
}
