import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBetween, findRooms, listFiles, readImportGraph } from '../../scripts/import-graph.ts';
import { walks } from '../../scripts/walks.ts';

const root = join(import.meta.dirname, '..', '..');
const files = listFiles(root, '{shared,ssh-keys,electron,server,preview,renderer}/**/*.{ts,vue}').filter(
  (file) => !/\.test\.ts$|(^|\/)testing\//.test(file),
);
const graph = readImportGraph(root, files);

/** What may not grow again. `npm run structure -- --edges` lists what there is. */
const bounds = [
  { base: 'renderer', knot: 0, edges: 28 },
  { base: 'renderer/features', knot: 0, edges: 0 },
  { base: 'electron/services', knot: 0, edges: 24 },
  { base: 'electron/services/features', knot: 0, edges: 0 },
  { base: 'server/features', knot: 0, edges: 4 },
  { base: 'server', knot: 0, edges: 33 },
];

describe('what imports what', () => {
  it.each(bounds)(
    '$base: rings and edges between its folders stay within $knot and $edges',
    ({ base, knot, edges }) => {
      const found = findRooms(graph, base);
      expect(found.rooms.length).toBeGreaterThan(5);
      expect(found.knot.length).toBeLessThanOrEqual(knot);
      expect(found.edges.length).toBeLessThanOrEqual(edges);
    },
  );

  it('leaves no folder with more files than one looks through', () => {
    const folders = files.map((file) => file.slice(0, file.lastIndexOf('/')));
    const sizes = [...new Set(folders)].map((folder) => [folders.filter((each) => each === folder).length, folder]);
    expect(sizes.filter(([size = 0]) => Number(size) > 15)).toEqual([]);
  });

  it.each(Object.entries(walks))('has a way for each leg of %s', (_name, legs) => {
    const only = (layer: string, name: string) =>
      files.filter((file) => file.startsWith(`${layer}/`) && file.endsWith(`/${name}`));
    for (const [layer, from, to] of legs) {
      expect([only(layer, from), only(layer, to)]).toEqual([[expect.anything()], [expect.anything()]]);
      expect(filesBetween(graph, only(layer, from)[0] ?? '', only(layer, to)[0] ?? '').size, to).toBeGreaterThan(0);
    }
  });
});
