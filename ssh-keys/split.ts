import { isBinaryText } from './formats/binary.ts';
import { isPublicPem } from './formats/pem-public.ts';
import { findPemBlock, pemBeginning, type PemBlock } from './formats/pem.ts';
import { ppkBeginning } from './formats/ppk.ts';
import { findKeyLine } from './formats/public-line.ts';
import { rfc4716Beginning } from './formats/rfc4716.ts';
import { maxKeyFileBytes } from './key-file.ts';
import { KeyFailure } from './problem.ts';

/** What one key takes of a file. */
export interface KeyPart {
  /** A view, with what stands in front of the key since the one before. */
  readonly content: Buffer;
  /** Where the key begins, from 1. */
  readonly line: number;
}

/** `begin` is where the key itself begins. */
interface Range {
  readonly start: number;
  readonly begin: number;
  readonly end: number;
}

/**
 * Cuts a text that holds several keys: private keys in PEM, or RFC 4716, one after another; else public keys line by
 * line. Beside private keys nothing else counts. At most `most` parts; one, the file as it is, if there are fewer than
 * two keys.
 */
export function splitKeys(file: Buffer, maxKeys: number): readonly KeyPart[] {
  const ranges: Range[] = [];
  if (file.length <= maxKeyFileBytes)
    for (const range of findKeys(file.toString('latin1'))) if (ranges.push(range) === maxKeys) break;
  let [at, line] = [0, 1];
  const parts = ranges.map(({ start, begin, end }) => {
    for (; at < begin; at += 1) if (file[at] === 0x0a || (file[at] === 0x0d && file[at + 1] !== 0x0a)) line += 1;
    return { content: file.subarray(start, end), line };
  });
  return parts.length > 1 ? parts : [{ content: file, line: parts[0]?.line ?? 1 }];
}

/** In the order in which a single key is looked for. */
function findKeys(text: string): Iterable<Range> {
  if (findBlock(text) !== undefined) return findPemKeys(text);
  const start = text.trimStart();
  if (start.startsWith(ppkBeginning) || isBinaryText(text)) return [];
  return start.startsWith(rfc4716Beginning) ? findRfc4716Keys(text) : findPublicLines(text);
}

function* findPemKeys(text: string): Iterable<Range> {
  let hasPrivate = false;
  for (let start = 0; ;) {
    const rest = text.slice(start);
    const block = findBlock(rest);
    // Half a key is told of as well.
    if (block === 'damaged' && rest.includes('PRIVATE KEY-----'))
      yield { start, begin: start + rest.indexOf(pemBeginning), end: text.length };
    // Something else is what is found where no key follows.
    if (!block || block === 'damaged') return;
    const isPrivate = block.label.endsWith('PRIVATE KEY');
    if (!isPrivate && (hasPrivate || !isPublicPem(block))) return;
    hasPrivate ||= isPrivate;
    const end = start + block.end;
    yield { start, begin: start + block.begin, end };
    start = end;
  }
}

function findBlock(text: string): PemBlock | 'damaged' | undefined {
  try {
    return findPemBlock(text);
  } catch (error) {
    if (error instanceof KeyFailure) return 'damaged';
    throw error;
  }
}

function* findRfc4716Keys(text: string): Iterable<Range> {
  const starts = Array.from(text.matchAll(/^---- BEGIN SSH2 /gm), ({ index }) => index);
  for (const [at, start] of starts.entries()) yield { start, begin: start, end: starts[at + 1] ?? text.length };
}

function* findPublicLines(text: string): Iterable<Range> {
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g))
    if (findKeyLine(line)) yield { start: index, begin: index, end: index + line.length };
}
