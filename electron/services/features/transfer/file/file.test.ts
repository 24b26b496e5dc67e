import { beforeAll, describe, expect, it } from 'vitest';
import { quickly } from '../../../testing/test-storage.ts';
import { deriveFileKey, isPassphraseOf, makeHead, readHead, type FileHead, type FileKey } from './file-head.ts';
import { FileProblem } from './file-problem.ts';
import { FileReader } from './file-reader.ts';
import { writeFile } from './write-file.ts';

const kdf = { name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1, salt: 'c2FsdHNhbHRzYWx0c2FsdA==' } as const;
const passphrase = 'Zürich im Nebel';
const sealedChunk = 65_536 + 16;

let keys: FileKey;
beforeAll(async () => {
  keys = await deriveFileKey(passphrase, kdf, quickly);
});

async function seal(lines: readonly string[], { key, passphraseCheck } = keys): Promise<Buffer> {
  const parts: Buffer[] = [];
  const given = (async function* () {
    yield* lines;
  })();
  for await (const part of writeFile(makeHead(kdf, passphraseCheck), key, given)) parts.push(part);
  return Buffer.concat(parts);
}

/** The lines of a file, or why there are none; sent in pieces of so many bytes. */
async function open(file: Buffer, pieceBytes = 1_048_576, key = keys.key): Promise<readonly string[] | string> {
  const lines: string[] = [];
  try {
    const reader = new FileReader({ head: readHead(file), key, onLine: (line) => void lines.push(line) });
    for (let at = 0; at < file.length; at += pieceBytes) await reader.push(file.subarray(at, at + pieceBytes));
    await reader.end();
    return lines;
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return error.version === undefined ? error.kind : `${error.kind} ${String(error.version)}`;
  }
}

/** Why its first line is none. */
function headOf(file: Buffer): string {
  try {
    readHead(file);
    return 'good';
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return error.kind;
  }
}

const withByte = (file: Buffer, at: number, bit = 1): Buffer => {
  const changed = Buffer.from(file);
  changed.writeUInt8(changed.readUInt8(at) ^ bit, at);
  return changed;
};

const manyLines = Array.from({ length: 3_000 }, (_, n) => `{"n":${String(n)},"text":"${'é'.repeat(n % 60)}"}`);

describe('X14 the file of an export', () => {
  it.each([
    ['no line', []],
    ['one', ['{"a":1}']],
    ['some chunks of them', manyLines],
    ['one that fills a chunk to its last byte', ['x'.repeat(65_535)]],
    ['one that is a byte longer', ['x'.repeat(65_536)]],
    ['a long one', ['y'.repeat(1_000_000)]],
  ])('gives back what was written: %s; in pieces of any size', async (_, lines) => {
    const file = await seal(lines);
    for (const piece of [1_048_576, 70_001, 997]) expect(await open(file, piece)).toEqual(lines);
    expect((file.length - file.indexOf('\n') - 1) % sealedChunk).toBe(0);
  });

  it('shows nothing of what is in it, not even how long the last part is', async () => {
    const [one, other] = [await seal(['{"secret":"lighthouse"}']), await seal([])];
    expect([one.includes('lighthouse'), one.length]).toEqual([false, other.length]);
  });

  it('knows its passphrase from any other, before anything of it is opened', async () => {
    const head = readHead(await seal(['{}']));
    for (const [typed, isRight] of [
      [passphrase, true],
      [passphrase.normalize('NFD'), true],
      [`${passphrase} `, false],
      ['', false],
    ] as const)
      expect(isPassphraseOf(head, await deriveFileKey(typed, kdf, quickly)), JSON.stringify(typed)).toBe(isRight);
  });

  it('is told to be cut short wherever it ends', async () => {
    const file = await seal(['{"a":1}']);
    // Within what is padding alone each end is like its neighbours.
    const start = file.indexOf('\n') + 256;
    const step = process.env['FULL'] ? 1 : 61;
    const outcomes = new Set<string>();
    for (let length = 1; length < file.length; length += length < start || length > file.length - 256 ? 1 : step)
      outcomes.add(String(await open(file.subarray(0, length))));
    expect([...outcomes]).toEqual(['cut-short']);
    const long = await seal(manyLines);
    const headLength = long.indexOf('\n') + 1;
    for (const chunks of [0, 1, 2])
      expect(await open(long.subarray(0, headLength + chunks * sealedChunk))).toBe('cut-short');
  });

  it('is told to be damaged at each bit of its first line, before a passphrase is asked for', async () => {
    const file = await seal(['{"a":1}']);
    const end = file.indexOf('\n');
    const outcomes = new Map<string, number>();
    for (let at = 0; at < end; at += 1)
      for (let bit = 1; bit < 256; bit *= 2) {
        const outcome = headOf(withByte(file, at, bit));
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    // The name of the format alone makes it an export, and a version of one figure can become another figure.
    const others = [...outcomes.keys()].filter((outcome) => !/^(?:not-an-export|damaged|newer-version)$/.test(outcome));
    expect(others).toEqual([]);
    expect(outcomes.get('damaged')).toBeGreaterThan(end * 6);
  });

  it('is told to be damaged wherever a bit of its content is another', async () => {
    const file = await seal(manyLines);
    const start = file.indexOf('\n') + 1;
    for (let at = start; at < file.length; at += 1_499)
      expect(await open(withByte(file, at)), String(at)).toBe('damaged');
  });

  it('is told to be damaged where a chunk is left out, moved, repeated, or follows its end', async () => {
    const file = await seal(manyLines);
    const start = file.indexOf('\n') + 1;
    const head = file.subarray(0, start);
    const [first, second, ...rest] = Array.from({ length: (file.length - start) / sealedChunk }, (_, n) =>
      file.subarray(start + n * sealedChunk, start + (n + 1) * sealedChunk),
    );
    for (const chunks of [
      [second!, ...rest],
      [second!, first!, ...rest],
      [first!, first!, second!, ...rest],
      [first!, second!, ...rest, rest.at(-1)!],
    ])
      expect(await open(Buffer.concat([head, ...chunks]))).toBe('damaged');
    // The number and the end of another file's chunk are right, its key is not.
    const other = await deriveFileKey('another file', kdf, quickly);
    const foreign = await seal(['{"another":"file"}'], other);
    expect(await open(Buffer.concat([head, foreign.subarray(start)]))).toBe('damaged');
  });

  it('is told from what is none, and from the copy of an account', async () => {
    const cases: [string, string][] = [
      ['', 'not-an-export'],
      ['PK\u0003\u0004', 'not-an-export'],
      ['{}\n', 'not-an-export'],
      ['{"format":"profile-desk-export","version":1}\nAAAA\n', 'copy-of-account'],
      ['{"format":"profile-desk-transfer","version":2,"new":true}\n…', 'newer-version 2'],
      ['{"format":"profile-desk-transfer","version":1}\n', 'damaged'],
      [`{"format":"profile-desk-transfer","version":1,"x":"${'x'.repeat(5_000)}`, 'damaged'],
      ['{"format":"profile-desk-transfer","version":99999999999}\n', 'damaged'],
    ];
    for (const [text, kind] of cases) expect(await open(Buffer.from(text)), text.slice(0, 60)).toBe(kind);
  });

  it.each([
    ['all memory there is', { memoryKiB: 4_194_304 }],
    ['much of that', { memoryKiB: 524_288, passes: 1 }],
    ['minutes of work', { memoryKiB: 262_144, passes: 9 }],
  ])('cannot ask for %s', (_, cost) => {
    const line = makeHead({ ...kdf, ...cost }, keys.passphraseCheck);
    expect(() => readHead(Buffer.concat([line, Buffer.from('\n')]))).toThrow('damaged');
  });

  it('may ask for more than this app does', () => {
    const cost = { ...kdf, memoryKiB: 262_144, passes: 8 };
    const line = makeHead(cost, keys.passphraseCheck);
    expect(readHead(Buffer.concat([line, Buffer.from('\n')])).kdf).toEqual(cost);
  });

  it('is told to be damaged where its check of the passphrase has another length', () => {
    for (const bytes of [0, 31, 33, 64]) {
      const line = makeHead(kdf, Buffer.alloc(bytes));
      expect(() => readHead(Buffer.concat([line, Buffer.from('\n')])), String(bytes)).toThrow('damaged');
    }
  });

  it('is refused where a line has no end in sight, and where the file became another one', async () => {
    expect(await open(await seal(['z'.repeat(4_200_000)]))).toBe('wrong-content');
    const file = await seal(['{"a":1}']);
    const head: FileHead = readHead(file);
    const reader = new FileReader({ head, key: keys.key, onLine: () => undefined });
    await expect(reader.push(withByte(file, 60))).rejects.toThrow('changed');
  });
});
