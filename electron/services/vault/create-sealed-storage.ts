import type * as z from 'zod';
import { SerialQueue } from '../core/serial-queue.ts';
import type { Clock, FileStore, KeyWrapper, Log } from '../ports.ts';
import { Notices } from './notices.ts';
import type { DeriveKey } from './passphrase/derive-key.ts';
import { SealedDocuments } from './sealed-documents.ts';
import type { DocumentSpec, SealedDocument, SealedStorage } from './sealed-storage.ts';
import { Vault } from './vault.ts';

export interface SealedStorageDeps {
  readonly files: FileStore;
  readonly keyWrapper: KeyWrapper;
  /** What a passphrase is made a key by. */
  readonly deriveKey: DeriveKey;
  readonly clock: Clock;
  readonly log: Log;
  /** The passphrase is asked for first, whatever else opens it. */
  readonly isLocked?: boolean;
}

/** Milliseconds that a lock waits for whoever changes what opens the vault. */
const patienceMs = 10_000;

/**
 * Sealed documents over the FileStore and KeyWrapper ports; one per data folder and process.
 * Noticed: any change, truncation, exchange, putting back or taking away of single files. Not noticed: the whole
 * folder, or the ledger and documents together, put back to what it was at one earlier moment.
 */
export function createSealedStorage(deps: SealedStorageDeps): SealedStorage {
  const listeners = new Set<() => void>();
  const onChange = (): void => {
    for (const listener of listeners) listener();
  };
  const notices = new Notices({ ...deps, onChange });
  const vault = new Vault({ ...deps, notices, onChange });
  const documents = new SealedDocuments(vault, { ...deps, notices });
  // A lock waits for a change: what is in memory alone is on the disk before the keys go.
  const changes = new SerialQueue();
  return {
    status: () => vault.status(),
    unlock: (passphrase) => vault.unlock(passphrase),
    confirm: (passphrase) => vault.confirm(passphrase),
    protect: (wish) =>
      changes.run('protection', async () => {
        await vault.protect(wish);
        await documents.sealMemory();
      }),
    keepNothing: () => vault.keepNothing(),
    giveUp: () => vault.giveUp(),
    async lock() {
      const waiting = new AbortController();
      const tired = deps.clock.sleep(patienceMs, waiting.signal).then(() => vault.letGo());
      // Over before that.
      tired.catch(() => undefined);
      await changes
        .run('protection', async () => {
          await vault.mark();
          await documents.close();
          await vault.close();
        })
        .finally(() => waiting.abort());
    },
    notices: () => notices.all(),
    setAside: (file) => documents.setAside(file),
    document: <S extends z.ZodType>(spec: DocumentSpec<S>): SealedDocument<z.infer<S>> => ({
      read: () => documents.read(spec),
      write: (value) => documents.write(spec, value),
      remove: () => documents.remove(spec),
    }),
    writeAll: (written) => documents.writeAll(written),
    removeAllOf: (account) => documents.removeAllOf(account),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
