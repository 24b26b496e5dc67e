import { maxFiles, type GivenFile, type GivenFiles } from './given-files.ts';

/** Beyond this many it is only said that there are more: counting on would keep the person waiting. */
const maxCounted = 100_000;

/** Whether something is being dragged that has files. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

/**
 * The files of a drop or a paste, those in folders too. Has to be called while the event is handled: the items are gone
 * after it.
 */
export async function filesOf(transfer: DataTransfer | null): Promise<GivenFiles> {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plain = items.map((item) => item.getAsFile());
  const found = new FoundFiles();
  for (const [at, entry] of entries.entries()) {
    const file = plain[at];
    if (entry?.isDirectory) await found.collect(entry);
    else if (file) found.add({ file, name: file.name });
  }
  return found;
}

class FoundFiles implements GivenFiles {
  readonly files: GivenFile[] = [];
  left = 0;

  add(given: GivenFile): void {
    if (this.files.length < maxFiles) this.files.push(given);
    else this.left += 1;
  }

  /** Those beyond the most are counted, and not opened. */
  async collect(entry: FileSystemEntry): Promise<void> {
    if (this.left > maxCounted) return;
    if (isFolder(entry)) {
      for (const child of await childrenOf(entry)) await this.collect(child);
    } else if (isFile(entry)) {
      if (this.files.length >= maxFiles) this.left += 1;
      else await this.#open(entry);
    }
  }

  /** One that cannot be read says nothing here; it is no key that could be added. */
  async #open(entry: FileSystemFileEntry): Promise<void> {
    const file = await new Promise<File | undefined>((resolve) => entry.file(resolve, () => resolve(undefined)));
    // Below the folder that was dropped: names can be the same in several, and say whose keys they are.
    if (file) this.add({ file, name: entry.fullPath.replace(/^\//, '') });
  }
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // It gives a hundred at a time, and none at the end.
    const part = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (part.length === 0 || children.length > maxCounted) return children;
    children.push(...part);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
