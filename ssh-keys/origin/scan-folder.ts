import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

export interface FolderScan {
  /** Relative to the folder, in order of their names. */
  readonly files: readonly string[];
  /** Files beyond the most. */
  readonly left: number;
}

const maxDepth = 16;
/** Counting on would only keep the person waiting: `left` is "at least" from here. */
const maxCounted = 100_000;

/**
 * All that is no folder below `folder`, links to folders not followed. Errors: the system's own, for the folder itself.
 */
export async function scanFolder(folder: string, maxFiles: number): Promise<FolderScan> {
  const found: string[] = [];
  const waiting = [{ path: folder, depth: 0 }];
  for (let next = waiting.pop(); next && found.length < maxCounted; next = waiting.pop()) {
    const { path, depth } = next;
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      if (depth === 0) throw error;
      return [];
    });
    for (const entry of entries) {
      const inside = join(path, entry.name);
      if (!entry.isDirectory()) found.push(relative(folder, inside));
      else if (depth < maxDepth) waiting.push({ path: inside, depth: depth + 1 });
    }
  }
  found.sort();
  return { files: found.slice(0, maxFiles), left: Math.max(0, found.length - maxFiles) };
}
