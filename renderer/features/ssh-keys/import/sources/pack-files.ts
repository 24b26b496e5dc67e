import { readBase64 } from '../../../../host/read-base64.ts';
import type { GivenFile } from './given-files.ts';

/** A file as it goes to the services: its content in Base64. */
export interface PackedFile {
  readonly name: string;
  readonly content: string;
}

/** Bytes; no key is larger. */
const largestFile = 1_048_576;
/** Bytes and files of one part, so that its Base64 stays below two million characters. */
const most = { bytes: 1_200_000, files: 500 };

/**
 * Parts of what a person dropped or chose, small enough to be handed over; files that can be no keys are counted and
 * left out.
 */
export function packFiles(given: readonly GivenFile[]) {
  const files = given.filter(({ file }) => file.size <= largestFile);
  return {
    files,
    tooLarge: given.length - files.length,
    async *parts(): AsyncGenerator<PackedFile[]> {
      for (const part of cut(files)) yield await Promise.all(part.map(pack));
    },
  };
}

function cut(files: readonly GivenFile[]): GivenFile[][] {
  const parts: GivenFile[][] = [];
  let bytes = 0;
  for (const given of files) {
    const { size } = given.file;
    const part = parts.at(-1);
    const isFull = !part || part.length >= most.files || bytes + size > most.bytes;
    if (isFull) parts.push([given]);
    else part.push(given);
    bytes = isFull ? size : bytes + size;
  }
  return parts;
}

/** A file that cannot be read any more is handed over as empty, so that its row says that it is no key. */
async function pack({ file, name }: GivenFile): Promise<PackedFile> {
  return { name, content: await readBase64(file).catch(() => '') };
}
