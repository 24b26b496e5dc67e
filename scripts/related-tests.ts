import { listFiles, reach, readImportGraph, turnAround } from './import-graph.ts';

export interface RelatedTests {
  /** Beside a changed file, importing one directly, or changed themselves. Paths from the root. */
  readonly direct: readonly string[];
  /** How many more files of tests reach one over others. */
  readonly farther: number;
}

const isTest = (file: string) => file.endsWith('.test.ts');

/** Which files of tests have to do with `changed` (paths from `root`). */
export function findRelatedTests(root: string, changed: readonly string[]): RelatedTests {
  const names = listFiles(
    root,
    '{shared,ssh-keys,electron,server,preview,renderer,scripts,build,tests}/**/*.{ts,vue,js}',
  );
  const importers = turnAround(readImportGraph(root, names));
  const direct = new Set(changed.filter(isTest));
  for (const file of changed) {
    const beside = file.replace(/\.(ts|vue)$/, '.test.ts');
    for (const test of [beside, ...(importers.get(file) ?? [])])
      if (isTest(test) && names.includes(test)) direct.add(test);
  }
  const reached = [...reach(importers, changed)].filter((file) => isTest(file) && !direct.has(file));
  return { direct: [...direct], farther: reached.length };
}
