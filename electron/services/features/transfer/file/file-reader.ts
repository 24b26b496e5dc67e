import { openChunk } from './chunk-cipher.ts';
import { chunkBytes, tagBytes, type FileHead } from './file-head.ts';
import { FileProblem } from './file-problem.ts';

const sealedBytes = chunkBytes + tagBytes;
const lineFeed = 10;
/** Bytes; the longest is a draft of a picture. */
const maxLineBytes = 4 * 1_048_576;

export interface FileReaderDeps {
  readonly head: FileHead;
  readonly key: Uint8Array;
  /** Each line that is not empty, in order. Errors: FileProblem. */
  readonly onLine: (line: string) => void | Promise<void>;
}

/** Reads an export as it comes, from its first byte on; at no time more than a chunk and a line of it is in memory. */
export class FileReader {
  readonly #deps: FileReaderDeps;
  /** Not read yet: of the head first, then of a chunk. */
  #rest: Buffer = Buffer.alloc(0);
  #isPastHead = false;
  #index = 0;
  #line: Buffer[] = [];
  #lineLength = 0;

  constructor(deps: FileReaderDeps) {
    this.#deps = deps;
  }

  /** Calls must not overlap. Errors: FileProblem. */
  async push(bytes: Uint8Array): Promise<void> {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    if (!this.#isPastHead && !this.#skipHead()) return;
    // One byte more: that it is not the last chunk is known then.
    let at = 0;
    for (; this.#rest.length - at > sealedBytes; at += sealedBytes) {
      await this.#read(this.#rest.subarray(at, at + sealedBytes), false);
    }
    this.#rest = Buffer.from(this.#rest.subarray(at));
  }

  /** That was all of the file. Errors: FileProblem. */
  async end(): Promise<void> {
    if (!this.#isPastHead || this.#rest.length !== sealedBytes) throw new FileProblem('cut-short');
    await this.#read(this.#rest, true);
    // Each line has an end, which the last chunk fills up with.
    if (this.#lineLength > 0) throw new FileProblem('wrong-content');
  }

  /** The file may have been changed since its first line was read. */
  #skipHead(): boolean {
    const { line } = this.#deps.head;
    const length = line.length + 1;
    if (this.#rest.length < length) return false;
    if (!this.#rest.subarray(0, line.length).equals(line)) throw new FileProblem('changed');
    this.#rest = this.#rest.subarray(length);
    this.#isPastHead = true;
    return true;
  }

  async #read(sealed: Buffer, isLast: boolean): Promise<void> {
    const { key, head } = this.#deps;
    const plaintext = openChunk(key, head.line, { index: this.#index, isLast }, sealed);
    if (!plaintext) {
      // It would open if something followed: that is gone.
      const goesOn = isLast ? openChunk(key, head.line, { index: this.#index, isLast: false }, sealed) : undefined;
      goesOn?.fill(0);
      throw new FileProblem(goesOn ? 'cut-short' : 'damaged');
    }
    this.#index += 1;
    try {
      await this.#split(plaintext);
    } finally {
      plaintext.fill(0);
    }
  }

  async #split(plaintext: Buffer): Promise<void> {
    let from = 0;
    for (let to = plaintext.indexOf(lineFeed); to !== -1; to = plaintext.indexOf(lineFeed, from)) {
      this.#keep(plaintext.subarray(from, to));
      from = to + 1;
      if (this.#lineLength === 0) continue;
      const line = Buffer.concat(this.#line).toString('utf8');
      this.#line = [];
      this.#lineLength = 0;
      await this.#deps.onLine(line);
    }
    this.#keep(plaintext.subarray(from));
  }

  /** A copy: the plaintext is wiped. */
  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#lineLength += part.length;
    if (this.#lineLength > maxLineBytes) throw new FileProblem('wrong-content');
    this.#line.push(Buffer.from(part));
  }
}
