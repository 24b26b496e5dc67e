import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRooms, listFiles, readImportGraph } from '../../scripts/import-graph.ts';

const root = join(import.meta.dirname, '..', '..');
const files = listFiles(root, '{electron,server,renderer}/**/*.{ts,vue}').filter(
  (file) => !/\.test\.ts$|(^|\/)testing\//.test(file),
);
const graph = readImportGraph(root, files);

/** What may not grow again. `npm run structure -- --edges` lists what there is. */
const bounds = [
  { base: 'renderer', knot: 0, edges: 28 },
  { base: 'renderer/features', knot: 0, edges: 0 },
  { base: 'electron/services', knot: 0, edges: 23 },
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
});
