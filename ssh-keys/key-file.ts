import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { KeyFailure, type KeyProblem } from './problem.ts';

/** Bytes. No key comes near it; the largest of ssh-keygen, RSA with 16,384 bits, has 13 KB. */
export const maxKeyFileBytes = 1024 ** 2;

export interface KeyFile {
  /** The file itself, where `path` was a link. */
  readonly realPath: string;
  /** May hold a private key: the caller wipes it. */
  readonly content: Uint8Array;
}

/**
 * Reads a file that a person named; for a worker: it blocks, as a thousand small files are read ten times as fast so.
 * It is opened once and looked at when open, so that nothing can be put in its place meanwhile; nothing
 * here waits, neither for the other end of a pipe nor for a device. Errors: KeyFailure not-a-key for what is
 * no regular file and for more than 1 MB; the system's own (ENOENT, EACCES).
 */
export async function openKeyFile(path: string): Promise<KeyFile> {
  // Windows has neither of the last two.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
  const file = openUnblocked(path, flags);
  try {
    const facts = fstatSync(file);
    if (!facts.isFile()) throw new KeyFailure('not-a-key', { code: whatElse(facts) });
    if (facts.size > maxKeyFileBytes)
      throw new KeyFailure('not-a-key', { code: 'file-too-large', bytes: facts.size, most: maxKeyFileBytes });
    const content = readUpTo(file, facts.size, maxKeyFileBytes);
    if (!content) throw new KeyFailure('not-a-key', { code: 'file-grew' });
    return { realPath: realpathSync.native(path), content };
  } finally {
    closeSync(file);
  }
}

function openUnblocked(path: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    // A socket, or a device without a driver, cannot even be opened.
    if (error instanceof Error && 'code' in error && error.code === 'ENXIO')
      throw new KeyFailure('not-a-key', { code: 'socket-or-device' });
    throw error;
  }
}

function whatElse(facts: { isDirectory(): boolean; isFIFO(): boolean }): 'folder' | 'pipe' | 'device' {
  if (facts.isDirectory()) return 'folder';
  return facts.isFIFO() ? 'pipe' : 'device';
}

/**
 * A file can grow, and those of the kernel have size 0: what counts is what comes out. Undefined if it is more than
 * `most`.
 */
function readUpTo(file: number, size: number, maxBytes: number): Uint8Array | undefined {
  let bytes = new Uint8Array(Math.max(size, 4_096) + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    length += count;
    if (length > maxBytes) return undefined;
    if (count === 0) return bytes.subarray(0, length);
    if (length < bytes.length) continue;
    const larger = new Uint8Array(bytes.length * 2);
    larger.set(bytes);
    bytes.fill(0);
    bytes = larger;
  }
}

/** Why a file could not be read. */
export function problemOf(error: unknown): KeyProblem {
  if (error instanceof KeyFailure) return error.problem;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'missing' };
    case 'EACCES':
    case 'EPERM':
      return { code: 'forbidden' };
    case 'ELOOP':
      return { code: 'link-loop' };
    default:
      return { code: 'unreadable' };
  }
}
