import { sealChunk } from './chunk-cipher.ts';
import { chunkBytes } from './file-head.ts';

const lineFeed = 10;

/**
 * The bytes of an export from its lines, a chunk at a time. Each chunk is full: the last one ends in empty lines, so
 * that a file of any other length was cut short.
 */
export async function* writeFile(
  headLine: Buffer,
  key: Uint8Array,
  lines: AsyncIterable<string>,
): AsyncGenerator<Buffer, void> {
  yield Buffer.concat([headLine, Buffer.from([lineFeed])]);
  const chunk = Buffer.alloc(chunkBytes);
  let length = 0;
  let index = 0;
  const seal = (isLast: boolean): Buffer => {
    chunk.fill(lineFeed, length);
    const sealed = sealChunk(key, headLine, { index, isLast }, chunk);
    chunk.fill(0);
    index += 1;
    length = 0;
    return sealed;
  };
  for await (const line of lines) {
    const bytes = Buffer.from(`${line}\n`);
    for (let at = 0; at < bytes.length;) {
      // Only what does not fit: the last chunk is known by then not to be the last.
      if (length === chunkBytes) yield seal(false);
      const copied = bytes.copy(chunk, length, at);
      length += copied;
      at += copied;
    }
    bytes.fill(0);
  }
  yield seal(true);
}
