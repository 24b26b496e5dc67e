import { globSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

/** Which file imports which: paths from the root, with `/`. Packages are left out. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

const specifier = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** Paths from `root` of what `pattern` names, with `/` on every system. */
export function listFiles(root: string, pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .map((file) => file.split(sep).join('/'))
    .toSorted();
}

export function readImportGraph(root: string, files: readonly string[]): ImportGraph {
  const known = new Set(files);
  return new Map(
    files.map((file) => [file, new Set(listImports(file, readFileSync(join(root, file), 'utf8')).filter(isKnown))]),
  );

  function isKnown(file: string): boolean {
    return known.has(file);
  }
}

function listImports(file: string, text: string): string[] {
  return [...text.matchAll(specifier)].map(({ 1: name = '' }) => posix.join(posix.dirname(file), name));
}

/** The same graph the other way round. */
export function turnAround(graph: ImportGraph): ImportGraph {
  const turned = new Map<string, Set<string>>([...graph.keys()].map((file) => [file, new Set()]));
  for (const [file, imports] of graph) for (const each of imports) turned.get(each)?.add(file);
  return turned;
}

/** All that `starts` lead to, and they themselves. */
export function reach(graph: ImportGraph, starts: readonly string[]): Set<string> {
  const reached = new Set(starts);
  // A set is walked on into what is added meanwhile.
  for (const file of reached) for (const each of graph.get(file) ?? []) reached.add(each);
  return reached;
}

/** The files on any way from one file to another. Empty if there is none. */
export function filesBetween(graph: ImportGraph, from: string, to: string): Set<string> {
  const back = reach(turnAround(graph), [to]);
  return new Set([...reach(graph, [from])].filter((file) => back.has(file)));
}

export interface Rooms {
  readonly rooms: readonly string[];
  /** Pairs of rooms of which the first imports from the second. */
  readonly edges: readonly string[];
  /** The largest set of rooms that each reach each other; empty where there is no ring. */
  readonly knot: readonly string[];
}

/**
 * The folders directly in `base` as rooms, and how they hang together. Files of `base` itself are the wiring, and no
 * room.
 */
export function findRooms(graph: ImportGraph, base: string): Rooms {
  const roomOf = (file: string) =>
    file.startsWith(`${base}/`) && file.slice(base.length + 1).includes('/')
      ? file.slice(base.length + 1).split('/')[0]
      : undefined;
  const rooms = new Map<string, Set<string>>();
  for (const [file, imports] of graph) {
    const from = roomOf(file);
    if (from === undefined) continue;
    const neighbours = rooms.get(from) ?? new Set();
    rooms.set(from, neighbours);
    for (const to of [...imports].map(roomOf)) if (to !== undefined && to !== from) neighbours.add(to);
  }
  const edges = [...rooms].flatMap(([from, to]) => [...to].map((each) => `${from} > ${each}`)).toSorted();
  return { rooms: [...rooms.keys()].toSorted(), edges, knot: findKnot(rooms) };
}

function findKnot(rooms: ImportGraph): string[] {
  const reached = new Map([...rooms.keys()].map((room) => [room, reach(rooms, [room])]));
  const knots = [...rooms.keys()].map((room) =>
    [...rooms.keys()].filter((other) => reached.get(room)?.has(other) && reached.get(other)?.has(room)),
  );
  const [largest = []] = knots.toSorted((a, b) => b.length - a.length);
  return largest.length > 1 ? largest.toSorted() : [];
}
