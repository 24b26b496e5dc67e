import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { filesBetween, findRooms, listFiles, readImportGraph, type ImportGraph } from './import-graph.ts';

function write(files: Readonly<Record<string, string>>): ImportGraph {
  using folder = makeTempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
  return readImportGraph(folder.path, listFiles(folder.path, '**/*.{ts,vue}'));
}

const graph = write({
  'wiring.ts': "import './a/one.ts';",
  'a/one.ts': "import { two } from '../b/two.ts';\nimport type { T } from './types.ts';",
  'a/types.ts': "export type { T } from 'a-package';",
  'b/two.ts': "const three = () => import('../c/three.ts');",
  'c/three.ts': "import { one } from '../a/one.ts';",
  'd/Four.vue': "<script setup>\nimport '../c/three.ts';\n</script>",
});

describe('the import graph', () => {
  it('knows imports of every kind, and leaves out packages and missing files', () => {
    expect([...graph].map(([file, imports]) => [file, [...imports]])).toEqual([
      ['a/one.ts', ['b/two.ts', 'a/types.ts']],
      ['a/types.ts', []],
      ['b/two.ts', ['c/three.ts']],
      ['c/three.ts', ['a/one.ts']],
      ['d/Four.vue', ['c/three.ts']],
      ['wiring.ts', ['a/one.ts']],
    ]);
  });

  it('finds what lies between two files on any way, and nothing where there is none', () => {
    expect([...filesBetween(graph, 'd/Four.vue', 'b/two.ts')].toSorted()).toEqual([
      'a/one.ts',
      'b/two.ts',
      'c/three.ts',
      'd/Four.vue',
    ]);
    expect(filesBetween(graph, 'a/types.ts', 'b/two.ts').size).toBe(0);
  });

  it('counts rooms, edges and the largest knot; a room that only reaches a knot is none of it', () => {
    const all = write({
      'x/a/one.ts': "import '../b/two.ts';",
      'x/b/two.ts': "import '../c/three.ts';",
      'x/c/three.ts': "import '../a/one.ts';",
      'x/d/four.ts': "import '../c/three.ts';",
      'x/wiring.ts': "import './d/four.ts';",
    });
    expect(findRooms(all, 'x')).toEqual({
      rooms: ['a', 'b', 'c', 'd'],
      edges: ['a > b', 'b > c', 'c > a', 'd > c'],
      knot: ['a', 'b', 'c'],
    });
    expect(findRooms(write({ 'x/a/one.ts': "import '../b/two.ts';", 'x/b/two.ts': '' }), 'x').knot).toEqual([]);
  });
});
