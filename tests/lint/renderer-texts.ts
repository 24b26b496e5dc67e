import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { flatten, type Texts } from '../../shared/i18n.ts';
import { listFiles, reach, type ImportGraph } from '../../scripts/import-graph.ts';

/** What a module of the renderer loads later, and the catalogues that are named there. */
interface Late {
  readonly file: string;
  readonly parts: ReadonlySet<string>;
}

export interface Screens {
  /** What is loaded when a module is: imports without those of types, and without `import()`. */
  readonly loaded: ImportGraph;
  readonly late: ReadonlyMap<string, readonly Late[]>;
  readonly sources: ReadonlyMap<string, string>;
}

const typeImport = /import type [^;]*?;/g;
const fixedImport = /(?:from\s*|import\s+)'(\.[^']+)'/g;
const lateImport = /import\('(\.[^']+)'\)(?:,((?:\s*'[\w-]+',?)*))?/g;

/** @param sources each module by its path from the root, with `/`. */
export function findScreens(sources: ReadonlyMap<string, string>): Screens {
  const loaded = new Map<string, Set<string>>();
  const late = new Map<string, Late[]>();
  for (const [file, source] of sources) {
    const code = source.replace(typeImport, '');
    const resolve = (name = '') => posix.join(posix.dirname(file), name);
    loaded.set(file, new Set([...code.matchAll(fixedImport)].map(([, name]) => resolve(name)).filter(isKnown)));
    late.set(
      file,
      [...code.matchAll(lateImport)]
        .map(([, name, parts = '']) => ({
          file: resolve(name),
          parts: new Set([...parts.matchAll(/'([\w-]+)'/g)].map(([, part = '']) => part)),
        }))
        .filter((each) => isKnown(each.file)),
    );
  }
  return { loaded, late, sources };

  function isKnown(name: string): boolean {
    return sources.has(name);
  }
}

export function readSources(root: string): Map<string, string> {
  const files = listFiles(root, 'renderer/**/*.{ts,vue}').filter((file) => !/\.test\.ts$|\/testing\//.test(file));
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

/** The texts of each file of a language, by the file's name without its ending. */
export function readLanguage(folder: string): Map<string, Texts> {
  return new Map(
    listFiles(folder, '*.json').map((file) => [
      file.slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as Texts,
    ]),
  );
}

/** Which file has a key. */
export function findOwners(language: ReadonlyMap<string, Texts>): Map<string, string> {
  return new Map([...language].flatMap(([part, texts]) => flatten(texts).map(([key]) => [key, part] as const)));
}

/** The keys that a source names: in quotes, or put together like `a.${x}.b`. */
export function keysIn(source: string, keys: Iterable<string>): Set<string> {
  const code = source.replace(typeImport, '');
  const whole = new Set([...code.matchAll(/['"`]([a-z]\w*(?:\.[\w-]+)+)['"`]/gi)].map(([, key]) => key));
  const patterns = [...code.matchAll(/`([a-z]\w*\.[^`\n]*\$\{[^`\n]*)`/gi)].map(
    ([, text = '']) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[^.]+')}$`),
  );
  return new Set([...keys].filter((key) => whole.has(key) || patterns.some((pattern) => pattern.test(key))));
}

/**
 * What a module that is loaded later shows without any way to it having loaded the text: `file: key (part)`. What one
 * module up the way has loaded is there.
 *
 * @param start the module that everything begins with, and the parts that come with it.
 */
export function findMissing(screens: Screens, owners: ReadonlyMap<string, string>, start: Late): string[] {
  const { loaded, late, sources } = screens;
  const entries = new Set([start.file, ...[...late.values()].flat().map(({ file }) => file)]);
  const modules = new Map([...entries].map((entry) => [entry, reach(loaded, [entry])]));
  const everything = new Set(owners.values());
  const there = new Map([...entries].map((entry) => [entry, entry === start.file ? start.parts : everything]));
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (const [entry, files] of modules)
      for (const { file, parts } of [...files].flatMap((each) => late.get(each) ?? [])) {
        const before = there.get(file) ?? everything;
        const now = new Set([...before].filter((part) => parts.has(part) || there.get(entry)?.has(part)));
        if (file === start.file || now.size === before.size) continue;
        there.set(file, now);
        isStable = false;
      }
  }
  const keys = new Map([...sources].map(([file, source]) => [file, keysIn(source, owners.keys())]));
  return [...modules].flatMap(([entry, files]) =>
    [...files].flatMap((file) =>
      [...(keys.get(file) ?? [])]
        .filter((key) => !there.get(entry)?.has(owners.get(key) ?? ''))
        .map((key) => `${entry}: ${key} (${owners.get(key) ?? ''})`),
    ),
  );
}
