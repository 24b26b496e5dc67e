import type * as z from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Clock, FileStore, KeyWrapper, Log } from '../ports.ts';
import { DocumentStore } from './document-store.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { Notices } from './notices.ts';
import type { DeriveKey } from './passphrase/derive-key.ts';
import type { DocumentSpec, SealedDocument, SealedStorage } from './sealed-storage.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import { vaultKeyFile } from './vault-key-file.ts';
import { Vault, type OpenVault } from './vault.ts';

export interface SealedStorageDeps {
  readonly files: FileStore;
  readonly keyWrapper: KeyWrapper;
  /** What a passphrase is made a key by. */
  readonly deriveKey: DeriveKey;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Sealed documents over the FileStore and KeyWrapper ports; one per data folder and process.
 * Noticed: any change, truncation, exchange, putting back or taking away of single files. Not noticed: the whole
 * folder, or the ledger and documents together, put back to what it was at one earlier moment.
 */
export function createSealedStorage(deps: SealedStorageDeps): SealedStorage {
  const { files, clock, log } = deps;
  const changes = createListeners();
  const notices = new Notices({ files, clock, log, onChange: changes.tell });
  const vault = new Vault({ ...deps, notices, onChange: changes.tell });
  const storeOf = once((open: OpenVault) => new DocumentStore(open, { files, notices, log }));
  const queue = new SerialQueue();
  const memory = new MemoryDocuments();

  async function read<S extends z.ZodType>(spec: DocumentSpec<S>): Promise<z.infer<S> | undefined> {
    const open = await vault.existing();
    if (open) {
      await memory.moveTo(storeOf(open), spec.name);
      return storeOf(open).read(spec);
    }
    await setOrphanAside(spec, files, notices);
    return memory.read(spec);
  }

  async function write(spec: DocumentSpec<z.ZodType>, value: unknown): Promise<void> {
    const json = toJson(spec, value);
    const open = await vault.obtain();
    if (open) {
      await storeOf(open).write(spec, Buffer.from(json));
      return memory.drop(spec.name);
    }
    await setOrphanAside(spec, files, notices);
    memory.keep(spec, json);
  }

  async function setAside(file: string): Promise<void> {
    const what = notices.inTheWay(file);
    // Without its key nothing can be opened; each document is set aside when it is read.
    if (file === vaultKeyFile) return notices.setAside('later-file-set-aside', what, file);
    const open = await vault.existing();
    await (open ? storeOf(open).setAside(file) : notices.setAside('later-file-set-aside', what, file));
  }

  async function remove(spec: DocumentSpec<z.ZodType>): Promise<void> {
    memory.drop(spec.name);
    const open = await vault.existing();
    return open ? storeOf(open).remove(spec) : files.remove(spec.name);
  }

  return {
    status: () => vault.status(),
    unlock: (passphrase) => vault.unlock(passphrase),
    async protect(wish) {
      await vault.protect(wish);
      const open = await vault.existing();
      if (open) await memory.moveAllTo(storeOf(open), queue);
    },
    keepNothing: () => vault.keepNothing(),
    giveUp: () => vault.giveUp(),
    notices: () => notices.all(),
    setAside: (file) => queue.run(file, () => setAside(file)),
    document: <S extends z.ZodType>(spec: DocumentSpec<S>): SealedDocument<z.infer<S>> => ({
      read: () => queue.run(spec.name, () => read(spec)),
      write: (value) => queue.run(spec.name, () => write(spec, value)),
      remove: () => queue.run(spec.name, () => remove(spec)),
    }),
    onChange: changes.add,
  };
}

/** Nothing opens without a vault key: such a file belonged to one that is gone. */
async function setOrphanAside({ name, what }: DocumentSpec<z.ZodType>, files: FileStore, notices: Notices) {
  if (await files.read(name)) await notices.setAside('damaged-file-set-aside', what, name);
}

function createListeners(): { readonly tell: () => void; readonly add: SealedStorage['onChange'] } {
  const listeners = new Set<() => void>();
  return {
    tell() {
      for (const listener of listeners) listener();
    },
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What could not be read back is not written. Errors: AppError internal; names the places, never the values. */
function toJson(spec: DocumentSpec<z.ZodType>, value: unknown): string {
  const parsed = spec.schema.safeParse(value);
  if (parsed.success) return JSON.stringify(parsed.data);
  const places = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new AppError('internal', {}, new Error(`${spec.name} would not be readable: ${places}`));
}

/** A folder has one vault at most in the life of the process. */
function once<A, T extends object>(make: (argument: A) => T): (argument: A) => T {
  let made: T | undefined;
  return (argument) => (made ??= make(argument));
}
