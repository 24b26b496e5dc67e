import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './tools.ts';

const sources = [
  'renderer',
  'locales',
  'shared',
  'ssh-keys',
  'electron',
  'server',
  'vite.config.ts',
  'package-lock.json',
];
/** Written last by the build, so it is there only if the build came to its end. */
const products = ['dist/renderer/index.html', 'dist/main/main.js', 'dist/preload/preload.cjs'];

/** Builds if anything is missing or older than a source. Returns whether there is a build to run now. */
export async function buildIfStale(): Promise<boolean> {
  const built = Math.min(...products.map((path) => newestChange(join(root, path))));
  const changed = Math.max(...sources.map((path) => newestChange(join(root, path))));
  if (built > changed) return true;
  const { ok } = await runNode(join(root, 'scripts', 'build-bundles.ts'), [], { output: 'shown' });
  if (!ok) console.error('The build failed.');
  return ok;
}

/**
 * Milliseconds since the epoch of the newest change at or below `path`, also of a file that is gone; 0 if there is
 * nothing.
 */
export function newestChange(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  // A folder's own time is that of the last name added to it or removed from it.
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}
