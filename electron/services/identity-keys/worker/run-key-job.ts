import { lstat, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { exportOpenSsh, exportPkcs8 } from '../export-key.ts';
import { describeReading, type KeyVerdict } from '../inspect-key.ts';
import { judgeKey } from '../judge-key.ts';
import { KeyFailure } from '../key-failure.ts';
import { openKeyFile, type KeyFile } from '../open-key-file.ts';
import { readKey } from '../read-key.ts';
import type { KeyJob, KeyJobResults, KeyOutcome, ReadFile } from './key-jobs.ts';
import { scanFolder } from './scan-folder.ts';

/** Never throws for what is in a file. Errors: the system's own, for a folder that can not be read. */
export function runKeyJob(job: KeyJob): Promise<KeyJobResults[KeyJob['kind']]> {
  switch (job.kind) {
    case 'scan':
      return scanFolder(job.folder, job.most);
    case 'read':
      return readAll(job.paths, job.within);
    case 'inspect':
      return inspect(job.content, job.passphrase);
    case 'export':
      return Promise.resolve(exportKey(job));
  }
}

/** The verdicts that `judgeKey` gives a reason for. */
const judged = new Set<KeyVerdict>(['refused', 'advised-against']);

async function readAll(paths: readonly string[], within: string | null): Promise<ReadFile[]> {
  const folder = within === null ? null : await realpath(within);
  return Promise.all(paths.map((path) => readFile(path, folder)));
}

async function readFile(path: string, folder: string | null): Promise<ReadFile> {
  let realPath: string | null = null;
  try {
    const truePath = await realpath(path);
    if ((await lstat(path)).isSymbolicLink()) realPath = truePath;
    if (folder !== null && !truePath.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      return { realPath, fault: 'This is a link that leads out of the chosen folder, so it was not followed.' };
    }
    const file = await openKeyFile(truePath);
    return { realPath, outcome: await inspectFile(file) };
  } catch (error) {
    return { realPath, fault: faultOf(error) };
  }
}

async function inspectFile({ content }: KeyFile): Promise<KeyOutcome> {
  const outcome = await inspect(content, null);
  if (!outcome.locked) content.fill(0);
  return outcome;
}

/** `content` becomes `locked`, if only a passphrase is missing. */
async function inspect(content: Uint8Array, passphrase: Uint8Array | null): Promise<KeyOutcome> {
  const reading = await readKey(content, passphrase ?? undefined);
  const { facts, privateKey, failure } = reading;
  const inspection = describeReading(reading);
  const isLocked = failure?.fault === 'needs-passphrase' || failure?.fault === 'wrong-passphrase';
  return {
    inspection,
    weaknesses: facts.publicKey && judged.has(inspection.verdict) ? judgeKey(facts.publicKey).reasons.map(({ code }) => code) : [],
    publicKey: facts.publicKey ?? null,
    privateKey: privateKey ?? null,
    locked: isLocked ? content : null,
  };
}

function exportKey({ key, format, passphrase, rounds }: Extract<KeyJob, { kind: 'export' }>): Uint8Array {
  if (format === 'pkcs8') return exportPkcs8(key, passphrase ?? undefined);
  return exportOpenSsh(key, passphrase ? { passphrase, rounds } : undefined);
}

function faultOf(error: unknown): string {
  if (error instanceof KeyFailure) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'There is no such file: it was removed, or the link leads nowhere.';
    case 'EACCES':
    case 'EPERM':
      return 'You may not read this file.';
    case 'ELOOP':
      return 'The link leads back to itself.';
    default:
      return 'The file could not be read.';
  }
}
