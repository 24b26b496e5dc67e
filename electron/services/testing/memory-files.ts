import type { FileStore } from '../ports.ts';

export interface MemoryFiles extends FileStore {
  readonly content: Map<string, Uint8Array>;
}

/** The FileStore port in memory, where thousands of starts would wear a disk. */
export function createMemoryFiles(): MemoryFiles {
  const content = new Map<string, Uint8Array>();
  return {
    content,
    read: (name) => Promise.resolve(content.get(name)),
    write: (name, bytes) => Promise.resolve(void content.set(name, bytes)),
    remove: (name) => Promise.resolve(void content.delete(name)),
    setAside(name) {
      const aside = `${name}.damaged-${content.size}`;
      const bytes = content.get(name);
      if (bytes) content.set(aside, bytes);
      content.delete(name);
      return Promise.resolve(aside);
    },
  };
}
