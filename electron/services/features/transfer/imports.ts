import { randomUUID } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { TransferPart, TransferPreview } from '../../../../shared/contract/transfer.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { passphraseNeeded } from '../../core/passphrase-needed.ts';
import { readAccounts } from '../../accounts/account-registry.ts';
import type { DeriveKey } from '../../vault/passphrase/derive-key.ts';
import type { PortablePart } from '../../resources/portable-part.ts';
import type { DocumentChange, SealedStorage } from '../../vault/sealed-storage.ts';
import type { CompareDeps } from './compare-records.ts';
import { deriveFileKey, isPassphraseOf, readHead } from './file/file-head.ts';
import { FileProblem } from './file/file-problem.ts';
import type { Gathered } from './gather-records.ts';
import { ImportRun } from './import-run.ts';

/** Bytes of all documents as they are written as one; the vault takes somewhat more. */
const maxWritten = 12 * 1_024 * 1_024;

export interface ImportsDeps {
  readonly storage: Pick<SealedStorage, 'document'>;
  readonly parts: readonly PortablePart[];
  readonly targets: CompareDeps['targets'];
  readonly deriveKey: DeriveKey;
  /** Before anything is laid ready for an account. Errors: AppError storage-fault, key-store-unavailable. */
  readonly noteStaged: (accountId: string) => Promise<void>;
  /** As `RunOptions.renew`: the services that are here by then end with it. */
  readonly renew: (change: (storage: SealedStorage) => Promise<void>) => Promise<void>;
  /** All is taken over, and what waits for that can be put in its place. Never throws. */
  readonly onWritten: (storage: SealedStorage) => Promise<void>;
}

/** The import that is under way: one at a time. */
export class Imports {
  readonly #deps: ImportsDeps;
  readonly #queue = new SerialQueue();
  #current: { readonly importId: string; readonly run: ImportRun } | undefined;
  #isStopped = false;
  /** What those before laid ready is gone. */
  #isTidy: Promise<unknown> = Promise.resolve();

  constructor(deps: ImportsDeps) {
    this.#deps = deps;
  }

  /** Errors: FileProblem; AppError unauthenticated (wrong-passphrase), internal. */
  open(size: number, start: Buffer, passphrase: string): Promise<{ importId: string }> {
    this.stop(false);
    // One after another: each may take as much memory as its file asks for.
    return this.#queue.run('open', () => this.#open(size, start, passphrase));
  }

  async #open(size: number, start: Buffer, passphrase: string): Promise<{ importId: string }> {
    if (this.#isStopped) throw passphraseNeeded();
    const head = readHead(start);
    const found = await deriveFileKey(passphrase, head.kdf, this.#deps.deriveKey);
    const isRight = isPassphraseOf(head, found);
    if (!isRight || this.#isStopped) found.key.fill(0);
    if (this.#isStopped) throw passphraseNeeded();
    if (!isRight) throw new AppError('unauthenticated', { reason: 'wrong-passphrase' });
    // Another may have been opened meanwhile.
    this.stop(false);
    const importId = randomUUID();
    const run = new ImportRun({
      ...{ head, key: found.key, size, storage: this.#deps.storage, noteStaged: this.#deps.noteStaged },
      compareWith: () => this.#compareWith(),
    });
    this.#current = { importId, run };
    return { importId };
  }

  async feed(importId: string, bytes: Uint8Array): Promise<Record<string, never>> {
    await this.#find(importId).feed(bytes);
    return {};
  }

  preview(importId: string): Promise<TransferPreview> {
    return this.#find(importId).preview();
  }

  async begin(importId: string, theirs: readonly string[]): Promise<Record<string, never>> {
    const run = this.#find(importId);
    await this.#isTidy;
    await run.begin(theirs);
    return {};
  }

  /** Errors: FileProblem; AppError conflict, storage-fault, key-store-unavailable; nothing is taken over then. */
  async finish(importId: string): Promise<{ taken: Partial<Record<TransferPart, number>> }> {
    const run = this.#find(importId);
    const gathered = await run.finish();
    await this.#deps.renew((storage) => this.#write(storage, gathered).finally(() => run.close()));
    return { taken: gathered.taken };
  }

  /** Errors: FileProblem; AppError conflict, invalid-request, storage-fault; nothing is written then. */
  async #write(storage: SealedStorage, gathered: Gathered): Promise<void> {
    try {
      const { accounts } = await readAccounts(storage);
      const ids = new Set(accounts.map(({ id }) => id));
      const changes = await gathered.changes(storage, (id) => ids.has(id));
      if (bytesOf(changes) > maxWritten) throw new FileProblem('too-much');
      if (changes.length > 0) await storage.writeAll(changes);
    } catch (error) {
      await gathered.drop(storage).catch(() => undefined);
      throw error;
    }
    // What is left of what was there before is no harm, and goes with its account.
    await gathered.written(storage).catch(() => undefined);
    await this.#deps.onWritten(storage);
  }

  discard(importId: string): void {
    if (this.#current?.importId === importId) this.stop(false);
  }

  /** `isForGood`: none begins any more. */
  stop(isForGood = true): void {
    this.#isStopped ||= isForGood;
    if (this.#current) this.#isTidy = Promise.all([this.#isTidy, this.#current.run.end()]);
    this.#current = undefined;
  }

  /** Errors: AppError not-found. */
  #find(importId: string): ImportRun {
    if (this.#current?.importId !== importId) throw new AppError('not-found');
    return this.#current.run;
  }

  async #compareWith(): Promise<CompareDeps> {
    const { storage, parts, targets } = this.#deps;
    const { accounts } = await readAccounts(storage);
    return { accounts, targets, parts: new Map(parts.map((part) => [part.name, part])) };
  }
}

/** Each stands there as text within JSON. */
function bytesOf(changes: readonly DocumentChange[]): number {
  return changes.reduce((sum, { value }) => sum + Buffer.byteLength(JSON.stringify(JSON.stringify(value))), 0);
}
