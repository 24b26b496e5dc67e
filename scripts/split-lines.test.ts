import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from './split-lines.ts';

async function* chunksOf(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function split(chunks: (string | Uint8Array)[], maxLineLength = 100): Promise<string[]> {
  const lines: string[] = [];
  for await (const some of splitLines(chunksOf(...chunks), maxLineLength)) lines.push(...some);
  return lines;
}

describe('E8 · lines of a stream', () => {
  it('end with LF or CRLF, and the last one need not', async () => {
    expect(await split(['a\nb\r\n\nc'])).toEqual(['a', 'b', '', 'c']);
    expect(await split(['a\n'])).toEqual(['a']);
    expect(await split(['\n'])).toEqual(['']);
    expect(await split([])).toEqual([]);
  });

  it('end at nothing else', async () => {
    expect(await split(['a\rb\u2028c\u0085d\n'])).toEqual(['a\rb\u2028c\u0085d']);
  });

  it('are the same wherever the chunks are cut, in the middle of a character too', async () => {
    const text = Buffer.from('é€😀\r\n\nlast\n€');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), async (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), text.length];
        const chunks = ends.map((end, index) => text.subarray(ends[index - 1] ?? 0, end));
        expect(await split(chunks)).toEqual(['é€😀', '', 'last', '€']);
      }),
    );
  });

  it('show what is no UTF-8 as U+FFFD and go on', async () => {
    expect(await split([Uint8Array.of(0x61, 0xff, 0xfe, 0x0a, 0x62, 0x0a)])).toEqual(['a\ufffd\ufffd', 'b']);
  });

  it('keep no more of a long line than asked for', async () => {
    expect(await split(['abcdef\nx\n', 'ab', 'cd', 'ef', 'g\r', '\ny'], 4)).toEqual(['abcd', 'x', 'abcd', 'y']);
  });

  it('keep nothing of what follows in a long line: 4 GB without LF', async () => {
    const chunk = Buffer.alloc(2 ** 26, 'x');
    expect(
      await split(
        Array.from({ length: 64 }, () => chunk),
        4,
      ),
    ).toEqual(['xxxx']);
  });

  it('come as soon as they are whole', async () => {
    const lines = splitLines(chunksOf('a\nb', 'c\n'), 100);
    expect((await lines.next()).value).toEqual(['a']);
    expect((await lines.next()).value).toEqual(['bc']);
  });
});
