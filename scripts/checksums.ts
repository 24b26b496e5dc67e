import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const fileName = 'SHA256SUMS';
/** What people install. electron-builder leaves notes of its own and unpacked folders beside it. */
const installable = /\.(?:deb|rpm|tar\.gz|exe|zip|dmg)$/;

/**
 * Writes `SHA256SUMS` for the packages in `folder`, as `sha256sum --check` reads it. Returns their names; without any
 * it writes nothing.
 */
export async function writeChecksums(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .flatMap((entry) => (entry.isFile() && installable.test(entry.name) ? [entry.name] : []))
    .toSorted();
  const lines = await Promise.all(names.map(async (name) => `${await hashFile(join(folder, name))}  ${name}\n`));
  if (names.length > 0) await writeFile(join(folder, fileName), lines.join(''));
  return names;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
