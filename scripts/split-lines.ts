const newline = 0x0a;

/**
 * The lines of a UTF-8 stream, as many at a time as one chunk completes, without their LF or CRLF. Of each line the
 * first
 * `maxLineLength` bytes count, so that a line without end costs no memory; bytes that are no UTF-8 become U+FFFD.
 * A last line needs no LF. (node:readline would also split at CR and U+2028 and keep a line of any length.)
 */
export async function* splitLines(source: AsyncIterable<Uint8Array>, maxLineLength: number): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  const decode = (parts: readonly Uint8Array[]) =>
    decoder.decode(Buffer.concat(parts).subarray(0, maxLineLength)).replace(/\r$/, '');
  let rest: Uint8Array[] = [];
  for await (const chunk of source) {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      lines.push(decode([...rest, chunk.subarray(start, end)]));
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length && sizeOf(rest) < maxLineLength) rest.push(chunk.subarray(start));
    yield lines;
  }
  if (rest.length > 0) yield [decode(rest)];
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
