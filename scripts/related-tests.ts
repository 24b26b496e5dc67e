import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export interface RelatedTests {
  /** Beside a changed file, importing one directly, or changed themselves. Paths from the root. */
  readonly direct: readonly string[];
  /** How many more files of tests reach one over others. */
  readonly farther: number;
}

const specifier = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;
const isTest = (file: string) => file.endsWith('.test.ts');

/** Which files of tests have to do with `changed` (paths from `root`). */
export function findRelatedTests(root: string, changed: readonly string[]): RelatedTests {
  const files = globSync('{shared,electron,server,preview,renderer,scripts,build,tests}/**/*.{ts,vue,js}', {
    cwd: root,
  });
  const names = files.map((file) => file.split(sep).join('/'));
  const importers = listImporters(root, names);
  const direct = new Set(changed.filter(isTest));
  for (const file of changed) {
    const beside = file.replace(/\.(ts|vue)$/, '.test.ts');
    for (const test of [beside, ...(importers.get(file) ?? [])])
      if (isTest(test) && names.includes(test)) direct.add(test);
  }
  const reached = [...reach(changed, importers)].filter((file) => isTest(file) && !direct.has(file));
  return { direct: [...direct], farther: reached.length };
}

/** For each file those that name it in an import. */
function listImporters(root: string, files: readonly string[]): Map<string, Set<string>> {
  const importers = new Map<string, Set<string>>();
  for (const file of files) {
    for (const { 1: name = '' } of readFileSync(join(root, file), 'utf8').matchAll(specifier)) {
      const imported = relative(root, join(root, dirname(file), name))
        .split(sep)
        .join('/');
      importers.set(imported, (importers.get(imported) ?? new Set()).add(file));
    }
  }
  return importers;
}

function reach(from: readonly string[], importers: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set(from);
  // A set is walked on into what is added meanwhile.
  for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer);
  return reached;
}
