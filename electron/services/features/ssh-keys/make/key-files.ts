import { lstat, unlink } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { madeKeyKinds, madeKeyLimits, type MadeKeyKind } from '../../../../../shared/rules/made-keys.ts';
import { makeFolder } from '../../../files/make-folder.ts';
import { removeStrayTempFiles } from '../../../files/temp-files.ts';
import { systemCode, toStorageFault } from '../../../files/storage-fault.ts';
import { placeNew, syncFolder } from '../../../files/whole-file.ts';

/** As `ssh-keygen` would write it: the person at this computer; empty where the system knows no name. */
export function usualComment(): string {
  try {
    return `${userInfo().username}@${hostname()}`.replace(/[\p{C}\s]+/gu, '').slice(0, madeKeyLimits.comment);
  } catch {
    return '';
  }
}

/**
 * For each kind the name that `ssh-keygen` would take, or the first after it that is free: `id_ed25519_2`. What a run
 * that was killed left half-written, a private half perhaps, goes before that.
 */
export async function freeNames(folder: string): Promise<Record<MadeKeyKind, string>> {
  try {
    removeStrayTempFiles(folder);
  } catch {
    // No folder yet, or one that cannot be changed: nothing is left there by us.
  }
  const entries = madeKeyKinds.map(async (kind) => [kind, await freeName(folder, `id_${kind.split('-')[0]}`)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<MadeKeyKind, string>;
}

/** Nobody has a hundred. */
const mostNames = 100;

async function freeName(folder: string, wanted: string): Promise<string> {
  for (let n = 1; n < mostNames; n += 1) {
    const name = n === 1 ? wanted : `${wanted}_${String(n)}`;
    if (await isFree(folder, name)) return name;
  }
  return wanted;
}

/** Errors: AppError invalid-request (`fileName`). */
export async function expectFree(folder: string, name: string): Promise<void> {
  if (!(await isFree(folder, name))) throw isTaken();
}

/**
 * Writes both halves, the private one for its owner alone, into the folder, which is made if it is missing. Never over
 * anything that is there; either both are there afterwards or neither. Whatever ends the app between the two leaves the
 * public one alone, which opens nothing and keeps its name from the next. Gives the path of the private half. Errors:
 * AppError invalid-request (`fileName`), storage-fault.
 */
export async function writeKeyFiles(
  folder: string,
  name: string,
  halves: { readonly private: Uint8Array; readonly line: string },
): Promise<string> {
  makeFolder(folder);
  const path = join(folder, name);
  const placed: string[] = [];
  const place = async (half: string, content: Uint8Array, mode: number): Promise<void> => {
    await placeNew(half, content, mode);
    placed.push(half);
    await syncFolder(folder);
  };
  try {
    removeStrayTempFiles(folder);
    await place(`${path}.pub`, Buffer.from(halves.line), 0o644);
    await place(path, halves.private, 0o600);
  } catch (error) {
    // Made a moment ago, by nobody else. The private half first.
    for (const half of placed.toReversed()) await unlink(half).catch(() => undefined);
    throw systemCode(error) === 'EEXIST' ? isTaken() : toStorageFault(error);
  }
  return path;
}

/** Neither half is there, not even as a link that leads nowhere. */
async function isFree(folder: string, name: string): Promise<boolean> {
  const found = await Promise.all(
    [name, `${name}.pub`].map((each) =>
      lstat(join(folder, each)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every((isThere) => !isThere);
}

function isTaken(): AppError {
  return new AppError('invalid-request', { fields: { fileName: { code: 'duplicate' } } });
}
