import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
/** Inside the checkout, so that what lies here finds its packages as its sources do. */
const store = join(root, '.cache', 'made');
/** Long enough for whoever still runs what was made of the state before. */
const lifetimeMs = 24 * 60 * 60 * 1_000;
/** Longer than anything takes to make: a lock of that age is of a process that was killed. */
const lockMs = 5 * 60 * 1_000;

export interface Recipe {
  readonly name: string;
  /** Everything it is made of: files and folders in the checkout (their tests aside), and texts. */
  readonly sources: readonly string[];
  readonly texts?: readonly string[];
  make(folder: string): Promise<void>;
}

const known = new Map<string, Promise<string>>();

/**
 * A folder that is made once for each state of its sources, by whichever test process asks first; the others wait for
 * it. Read it, do not write to it: it belongs to every test.
 */
export function makeOnce({ name, sources, texts = [], make }: Recipe): Promise<string> {
  const id = [name, ...texts].join('\0');
  let made = known.get(id);
  if (!made) {
    const folder = join(store, `${name}-${digest(sources, texts)}`);
    made = makeAlone(folder, make).then(() => folder);
    known.set(id, made);
  }
  return made;
}

function digest(sources: readonly string[], texts: readonly string[]): string {
  // The place too: what is made may name files of the checkout.
  const hash = createHash('sha256').update(JSON.stringify([root, ...texts]));
  for (const file of sources.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

function filesOf(path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  const inside = readdirSync(join(root, path), { recursive: true, withFileTypes: true });
  return inside
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

async function makeAlone(folder: string, make: Recipe['make']): Promise<void> {
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    mkdirSync(store, { recursive: true });
    if (!take(lock)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    try {
      if (!existsSync(folder)) await makeWhole(folder, make);
    } finally {
      rmSync(lock, { force: true });
    }
  }
  // In use: not yet one of the old ones.
  const now = new Date();
  utimesSync(folder, now, now);
}

/** Whoever finds the folder finds all of it. */
async function makeWhole(folder: string, make: Recipe['make']): Promise<void> {
  removeOld();
  const unfinished = `${folder}.${String(process.pid)}`;
  // Of a process that was killed, with the same number.
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  try {
    await make(unfinished);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function removeOld(): void {
  for (const name of readdirSync(store)) {
    const path = join(store, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > lifetimeMs) rmSync(path, { recursive: true, force: true });
  }
}

/** The lock of a process that is gone stands in nobody's way. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isAbandoned(lock: string): boolean {
  const taken = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - taken > lockMs) return true;
  try {
    // 0, while the owner has not written yet, asks about our own processes.
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
