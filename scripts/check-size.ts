import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './tools.ts';

// What a screen loads before it can be seen, from Vite's manifest of the built renderer; fails over budget.
// Budgets in bytes after gzip, kB as 1,000.

const budget = { script: 90_000, style: 12_000, lazyScript: 25_000 };
const entry = 'index.html';
const firstScreens = ['features/profile/ProfileView.vue', 'features/sign-in/ConnectView.vue'];

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly isDynamicEntry?: boolean;
}

const folder = join(root, 'dist', 'renderer');
const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;
/** Named in the page itself, outside of the manifest. */
const early = ['theme.js'];

for (const screen of firstScreens) {
  const files = filesOf([entry, screen]);
  report(`first screen, ${screen}: script`, sum(files.filter(isScript).concat(early)), budget.script);
  report(`first screen, ${screen}: style`, sum(files.filter((file) => !isScript(file))), budget.style);
}
const shared = new Set(filesOf([entry, ...firstScreens.slice(0, 1)]));
for (const [name, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry || firstScreens.includes(name)) continue;
  report(`lazy, ${name}: script`, sum(filesOf([name]).filter((file) => isScript(file) && !shared.has(file))), budget.lazyScript);
}

function filesOf(names: readonly string[]): string[] {
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

function report(what: string, bytes: number, limit: number): void {
  const isOver = bytes > limit;
  console.log(`${isOver ? 'OVER' : 'ok  '} ${(bytes / 1_000).toFixed(1).padStart(6)} of ${limit / 1_000} kB  ${what}`);
  if (isOver) process.exitCode = 1;
}
