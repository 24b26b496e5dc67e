/** A file as it goes to the services: its content in Base64. */
export interface PackedFile {
  readonly name: string;
  readonly content: string;
}

/** Bytes; no key is larger. */
const largestFile = 1_048_576;
/** Bytes and files of one part, so that its Base64 stays below two million characters. */
const most = { bytes: 1_200_000, files: 500 };

/** Parts of what a person dropped or chose, small enough to be handed over; files that can be no keys are counted and left out. */
export function packFiles(given: readonly File[]) {
  const files = given.filter(({ size }) => size <= largestFile);
  return {
    files,
    tooLarge: given.length - files.length,
    async *parts(): AsyncGenerator<PackedFile[]> {
      for (const part of cut(files)) yield await Promise.all(part.map(pack));
    },
  };
}

function cut(files: readonly File[]): File[][] {
  const parts: File[][] = [];
  let bytes = 0;
  for (const file of files) {
    const part = parts.at(-1);
    const isFull = !part || part.length >= most.files || bytes + file.size > most.bytes;
    if (isFull) parts.push([file]);
    else part.push(file);
    bytes = isFull ? file.size : bytes + file.size;
  }
  return parts;
}

/** A file that can not be read any more is handed over as empty, so that its row says that it is no key. */
function pack(file: File): Promise<PackedFile> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onloadend = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve({ name: file.webkitRelativePath || file.name, content: url.slice(url.indexOf(',') + 1) });
    };
    reader.readAsDataURL(file);
  });
}
