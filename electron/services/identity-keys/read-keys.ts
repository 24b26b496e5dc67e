import { UnsupportedKey } from './key-failure.ts';
import { parseKey, readKey, withoutMark, type KeyReading } from './read-key.ts';
import { splitKeys, type KeyPart } from './split-keys.ts';

/** Where a key stands in a file that holds several, both from 1. */
export interface KeyPlace {
  readonly index: number;
  /** Where it begins. */
  readonly line: number;
}

export interface PlacedReading {
  readonly reading: KeyReading;
  /** Null if the file holds no other key. */
  readonly place: KeyPlace | null;
  /** With these two `readKey` reads it once more. A view: it may not outlast the file. */
  readonly content: Uint8Array;
  readonly at: number;
}

/** A megabyte has room for more, and each is a row on the screen. */
export const mostKeysInFile = 1_000;

/**
 * Every key of a file in order, each read by itself: lines of `authorized_keys`, PEM or RFC 4716 one after another, or an OpenSSH private
 * key file that holds several. One reading for anything else. Beyond `mostKeysInFile` one more reading says that there are more.
 * Otherwise as `readKey`.
 */
export async function* readKeys(content: Uint8Array, passphrase?: Uint8Array | string): AsyncGenerator<PlacedReading> {
  const file = withoutMark(content);
  try {
    const parts = splitKeys(file, mostKeysInFile + 1);
    let index = 0;
    for (const part of parts) {
      const { content, line } = part;
      if (index >= mostKeysInFile)
        return yield { reading: tooMany(), place: { index: index + 1, line }, content, at: 0 };
      for await (const { reading, at } of readPart(part, passphrase)) {
        index += 1;
        const isOnlyOne = parts.length === 1 && reading.facts.count === undefined;
        yield { reading, place: isOnlyOne ? null : { index, line }, content, at };
      }
    }
  } finally {
    // Of UTF-16 it was a copy.
    if (file.buffer !== content.buffer) file.fill(0);
  }
}

async function* readPart(
  { content }: KeyPart,
  passphrase: Uint8Array | string | undefined,
): AsyncGenerator<Pick<PlacedReading, 'reading' | 'at'>> {
  const first = await readKey(content, passphrase);
  yield { reading: first, at: 0 };
  // One passphrase is for all of an OpenSSH file, and trying it takes its time.
  const isWrong = first.failure?.fault === 'wrong-passphrase';
  for (let at = 1; at < (first.facts.count ?? 1); at += 1) {
    yield {
      reading: isWrong ? { ...parseKey(content, at), failure: first.failure } : await readKey(content, passphrase, at),
      at,
    };
  }
}

function tooMany(): KeyReading {
  const failure = new UnsupportedKey(
    `There are more than ${mostKeysInFile.toLocaleString('en')} keys in this file: from here on they were not read.`,
  );
  return { facts: {}, failure };
}
