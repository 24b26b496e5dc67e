import { lstat, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import {
  describeReading,
  exportOpenSsh,
  exportPkcs8,
  problemOf,
  findHalvesIn,
  type KeyPlace,
  type KeyReading,
  makeKey,
  openKeyFile,
  readKey,
  readKeys,
  scanFolder,
} from '../../../../../ssh-keys/index.ts';
import type { Handlers } from '../../../../../shared/rpc/define.ts';
import type { KeyOutcome, KeyWorkerContract, LockedKey, ReadFile } from './key-worker.contract.ts';

/**
 * The worker's side of its contract. Never throws for what is in a file. Errors: the system's own, for a folder that
 * cannot be read.
 */
export const keyWorkerHandlers: Handlers<KeyWorkerContract> = {
  keys: {
    scan: ({ folder, most }) => scanFolder(folder, most),
    read: ({ paths, within }) => readAll(paths, within),
    inspect: ({ content }) => inspectAll(content),
    halves: ({ folder, most }) => findHalves(folder, most),
    async unlock({ content, passphrase, at }) {
      return toOutcome(await readKey(content, passphrase, at), null, null);
    },
    async make({ kind, comment, file }) {
      const key = await makeKey(kind, comment);
      if (!file) return { key, file: null };
      const { passphrase, rounds } = file;
      return { key, file: exportOpenSsh(key, passphrase ? { passphrase, rounds } : undefined) };
    },
    export({ key, format, passphrase, rounds }) {
      if (format === 'pkcs8') return exportPkcs8(key, passphrase ?? undefined);
      return exportOpenSsh(key, passphrase ? { passphrase, rounds } : undefined);
    },
  },
};

async function findHalves(folder: string, most: number): Promise<string[]> {
  const { files } = await scanFolder(folder, most);
  return [...(await findHalvesIn(files.map((file) => join(folder, file))))];
}

async function readAll(paths: readonly string[], within: string | null): Promise<ReadFile[]> {
  const folder = within === null ? null : await realpath(within);
  return Promise.all(paths.map((path) => readFile(path, folder)));
}

async function readFile(path: string, folder: string | null): Promise<ReadFile> {
  let realPath: string | null = null;
  try {
    const truePath = await realpath(path);
    if ((await lstat(path)).isSymbolicLink()) realPath = truePath;
    if (folder !== null && !isWithin(truePath, folder)) {
      return { realPath, problem: { code: 'link-leads-out' } };
    }
    const { content } = await openKeyFile(truePath);
    return { realPath, outcomes: await inspectAll(content) };
  } catch (error) {
    return { realPath, problem: problemOf(error) };
  }
}

/** The folder itself too: a link can lead there. */
function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Wipes `content`. */
async function inspectAll(content: Uint8Array): Promise<KeyOutcome[]> {
  const outcomes: KeyOutcome[] = [];
  let locked: { readonly of: Uint8Array; readonly copy: Uint8Array } | undefined;
  for await (const { reading, place, content: part, at } of readKeys(content)) {
    const isLocked = reading.failure?.fault === 'needs-passphrase';
    if (isLocked && locked?.of !== part) locked = { of: part, copy: new Uint8Array(part) };
    outcomes.push(toOutcome(reading, place, isLocked && locked ? { content: locked.copy, at } : null));
  }
  content.fill(0);
  return outcomes;
}

function toOutcome(reading: KeyReading, place: KeyPlace | null, locked: LockedKey | null): KeyOutcome {
  const { facts, privateKey } = reading;
  return {
    place,
    inspection: describeReading(reading),
    stated: facts.stated ?? null,
    publicKey: facts.publicKey ?? null,
    privateKey: privateKey ?? null,
    locked,
  };
}
