import { KeyFailure } from './key-failure.ts';
import { findPemBlock, type PemBlock } from './pem.ts';
import { ppkBeginning } from './ppk.ts';
import { findKeyLine } from './public-text.ts';
import { isBlank, largestKeyFile } from './read-key.ts';

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
 * Cuts a text that holds several keys: private keys in PEM, or RFC 4716, one after another; else public keys line by line. Beside private
 * keys nothing else counts. At most `most` parts; one, the file as it is, if there are fewer than two keys.
 */
export function splitKeys(file: Buffer, most: number): readonly KeyPart[] {
  const ranges: Range[] = [];
  if (file.length <= largestKeyFile) for (const range of findKeys(file)) if (ranges.push(range) === most) break;
  let [at, line] = [0, 1];
  const parts = ranges.map(({ start, begin, end }) => {
    for (; at < begin; at += 1) if (file[at] === 0x0a || (file[at] === 0x0d && file[at + 1] !== 0x0a)) line += 1;
    return { content: file.subarray(start, end), line };
  });
  return parts.length > 1 ? parts : [{ content: file, line: parts[0]?.line ?? 1 }];
}

/** In the order in which a single key is looked for. */
function findKeys(file: Buffer): Iterable<Range> {
  if (findBlock(file) !== undefined) return findPemKeys(file);
  if (beginsWith(file, ppkBeginning) || file.includes(0)) return [];
  return beginsWith(file, '---- BEGIN SSH2 ') ? findRfc4716Keys(file) : findPublicLines(file);
}

function beginsWith(file: Buffer, text: string): boolean {
  const at = file.indexOf(text);
  return at >= 0 && isBlank(file.subarray(0, at));
}

const pemBegin = '-----BEGIN ';

function* findPemKeys(file: Buffer): Iterable<Range> {
  for (let start = 0; ; ) {
    const rest = file.subarray(start);
    const block = findBlock(rest);
    // Half a key is told of as well.
    if (block === 'damaged' && rest.includes('PRIVATE KEY-----')) yield { start, begin: start + rest.indexOf(pemBegin), end: file.length };
    // Something else is what is found where no key follows.
    if (!block || block === 'damaged' || !block.label.endsWith('PRIVATE KEY')) return;
    const bodyAt = block.body.byteOffset - file.byteOffset;
    const end = bodyAt + block.body.length + `-----END ${block.label}-----`.length;
    yield { start, begin: file.lastIndexOf(pemBegin, bodyAt), end };
    start = end;
  }
}

function findBlock(file: Buffer): PemBlock | 'damaged' | undefined {
  try {
    return findPemBlock(file);
  } catch (error) {
    if (error instanceof KeyFailure) return 'damaged';
    throw error;
  }
}

function* findRfc4716Keys(file: Buffer): Iterable<Range> {
  const starts = Array.from(file.toString('latin1').matchAll(/^---- BEGIN SSH2 /gm), ({ index }) => index);
  for (const [at, start] of starts.entries()) yield { start, begin: start, end: starts[at + 1] ?? file.length };
}

function* findPublicLines(file: Buffer): Iterable<Range> {
  for (const { 0: line, index } of file.toString('latin1').matchAll(/[^\r\n]+/g)) if (findKeyLine(line)) yield { start: index, begin: index, end: index + line.length };
}
