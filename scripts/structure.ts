import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBetween, findRooms, listFiles, readImportGraph, type ImportGraph } from './import-graph.ts';
import { root } from './tools.ts';
import { walks, type Leg } from './walks.ts';

// npm run structure: figures of how the code hangs together, to steer by. Bounds that must hold:
// tests/lint/structure.test.ts.

const source = '{shared,electron,server,preview,renderer,ssh-keys}/**/*.{ts,vue}';
const notSource = /\.test\.ts$|\.d\.ts$|(^|\/)testing\//;
const everything = '{shared,electron,server,preview,renderer,ssh-keys,scripts,build,tests}/**/*.{ts,vue,js,mjs}';
/** Participles that once stood for things. */
const oldWords = /\b(?:here|kept|held|live|told|turns)\b|(?:Here|Kept|Held|Live|Told|Turns)(?![a-z])/g;
const maxLineLength = 120;
/** A text, a pattern, a number: what would be harder to read or to find in parts. */
const unbreakable = /(['"`])(?:(?!\1).){58,}(?:\1|$)|^\s*\/.{100,}\/\w*[,;]?$|\b0x\w{58,}/;

const files = listFiles(root, source).filter((file) => !notSource.test(file));
const graph = readImportGraph(root, files);

console.log(`source files                    ${String(files.length)}`);
for (const base of ['renderer/features', 'electron/services', 'server/features']) printRooms(base);
console.log(`knot of top folders: renderer   ${describe(findRooms(graph, 'renderer').knot)}`);
console.log(`knot of top folders: server     ${describe(findRooms(graph, 'server').knot)}`);
console.log(`largest folder                  ${largestFolder()}`);
console.log(`lines over ${String(maxLineLength)}                  ${countLongLines()}`);
console.log(`old words as names              ${String(countOldWords())}`);
for (const [name, legs] of Object.entries(walks))
  console.log(`files on the way: ${name.padEnd(14)}${String(walk(graph, legs).size)}`);

function printRooms(base: string): void {
  const { rooms, edges, knot } = findRooms(graph, base);
  const figures = `${String(rooms.length)} rooms, ${String(edges.length)} edges, largest knot ${describe(knot)}`;
  console.log(`${base.padEnd(32)}${figures}`);
  if (process.argv.includes('--edges')) for (const edge of edges) console.log(`  ${edge}`);
}

function describe(knot: readonly string[]): string {
  return knot.length === 0 ? '0' : `${String(knot.length)}: ${knot.join(', ')}`;
}

function largestFolder(): string {
  const sizes = new Map<string, number>();
  for (const file of files) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  const [largest] = [...sizes].toSorted(([, a], [, b]) => b - a);
  return largest ? `${String(largest[1])} files: ${largest[0]}` : 'none';
}

/** Those that could be wrapped, and those that one thing makes so long. */
function countLongLines(): string {
  const lines = listFiles(root, everything).flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n'));
  const long = lines.filter((line) => line.length > maxLineLength);
  const left = long.filter((line) => unbreakable.test(line)).length;
  return `${String(long.length - left)}, and ${String(left)} of a text, pattern or list of classes that nothing wraps`;
}

/** In code without its comments and its words for people. */
function countOldWords(): number {
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
  return texts.reduce((sum, text) => sum + [...withoutProse(text).matchAll(oldWords)].length, 0);
}

function withoutProse(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|(?<![:'"])\/\/.*|<!--[^]*?-->|'(?:[^'\\\n]|\\.)*'|`[^`]*`/g, '');
}

function walk(imports: ImportGraph, legs: readonly Leg[]): Set<string> {
  return new Set(legs.flatMap(([layer, from, to]) => [...filesBetween(imports, only(layer, from), only(layer, to))]));
}

/** Files are named without their folder, so that moving one changes no walk. */
function only(layer: string, name: string): string {
  const found = files.filter((file) => file.startsWith(`${layer}/`) && file.endsWith(`/${name}`));
  if (found.length !== 1) throw new Error(`a walk names ${name} of ${layer}: there are ${String(found.length)}`);
  return found[0] ?? '';
}
