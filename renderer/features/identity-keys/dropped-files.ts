/** As many as the services read at once. */
const mostFiles = 10_000;

/** Whether something is being dragged that has files. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

/** The files of a drop or a paste, those in folders too. Has to be called while the event is handled: the items are gone after it. */
export async function filesOf(transfer: DataTransfer | null): Promise<File[]> {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plain = items.map((item) => item.getAsFile());
  const files: File[] = [];
  for (const [at, entry] of entries.entries()) {
    const file = plain[at];
    if (entry?.isDirectory) await collect(entry, files);
    else if (file) files.push(file);
  }
  return files;
}

async function collect(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= mostFiles) return;
  if (isFile(entry)) {
    // One that can not be read says nothing here; it is no key that could be added.
    const file = await new Promise<File | undefined>((resolve) => entry.file(resolve, () => resolve(undefined)));
    if (file) files.push(file);
  } else if (isFolder(entry)) {
    for (const child of await childrenOf(entry)) await collect(child, files);
  }
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // It gives a hundred at a time, and none at the end.
    const part = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (part.length === 0 || children.length > mostFiles) return children;
    children.push(...part);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
