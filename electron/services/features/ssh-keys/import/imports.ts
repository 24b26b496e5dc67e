import type { Emit } from '../../../../../shared/contract/index.ts';
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ImportBatch as BatchShape, ImportRow } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { Clock, FilePicker, Log } from '../../../ports.ts';
import { createShortLived, type ShortLived } from '../../../core/short-lived.ts';
import type { ReadLocalHalves } from './local-halves.ts';
import { unlockByForms } from './unlock-by-forms.ts';
import type { KeyWorker } from '../worker/key-worker.ts';
import { ImportBatch, maxRows, type FindOwner } from './import-batch.ts';
import { readFiles } from './read-files.ts';

export interface ImportsDeps {
  readonly worker: Pick<KeyWorker, 'run'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly filePicker: Pick<FilePicker, 'choose'>;
  /** Who has a key already, as far as it is known here; asked anew for each answer. */
  readonly readOwners: (accountId: string) => Promise<FindOwner>;
  /** Which keys have their private halves on this computer; asked where an import has a public key alone. */
  readonly readLocalHalves: ReadLocalHalves;
  readonly emit: Emit<'sshKeys.importProgressed'>;
}

/** Milliseconds from its beginning for which a batch, with its private halves, is held. */
const lifetimeMs = 1_800_000;
/** Of a whole folder, and of one key derivation with the largest figures that are taken. */
const scanDeadlineMs = 15_000;
const inspectDeadlineMs = 30_000;

/** Files and texts on their way to becoming SSH keys (D4, K7): one batch an account. */
export class Imports {
  readonly #deps: ImportsDeps;
  readonly #batches: ShortLived<ImportBatch>;
  /** What was found of private halves for a batch. */
  readonly #localHalves = new WeakMap<ImportBatch, Promise<ReadonlySet<string>>>();
  /** Account → its batch. */
  readonly #current = new Map<string, string>();

  constructor(deps: ImportsDeps) {
    this.#deps = deps;
    this.#batches = createShortLived<ImportBatch>(deps.clock, (batch) => batch.wipe());
  }

  /** Null if the person cancelled. Errors: not-offered. */
  async choose(accountId: string, what: 'files' | 'folder'): Promise<BatchShape | null> {
    const { filePicker } = this.#deps;
    if (!filePicker.choose) throw new AppError('not-offered');
    const paths = await filePicker.choose(what);
    const [folder] = paths ?? [];
    if (!paths || folder === undefined) return null;
    return what === 'folder' ? this.readFolder(accountId, folder) : this.#readPaths(accountId, paths);
  }

  /** Errors: not-found, if it cannot be listed. */
  async readFolder(accountId: string, folder: string): Promise<BatchShape> {
    const batch = this.#begin(accountId, folder);
    const scan = await this.#deps.worker
      .run((keys) => keys.scan({ folder, most: maxRows }), scanDeadlineMs)
      .catch((error: unknown) => {
        this.discard(batch.batchId);
        throw new AppError('not-found', {}, error);
      });
    batch.left = scan.left;
    this.#readInBackground(batch, scan.files, folder);
    return batch.describe([]);
  }

  /** `batchId` adds to that batch. Errors: not-found. */
  async readDropped(
    accountId: string,
    batchId: string | null,
    files: readonly { readonly name: string; readonly content: string }[],
  ): Promise<BatchShape> {
    const batch = this.#join(accountId, batchId);
    // A path below the folder that was dropped: names can be the same in several of them.
    for (const { name, content } of files) await this.#inspectInto(batch, name, Buffer.from(content, 'base64'));
    return this.#finish(batch);
  }

  /** As dropped files. */
  async readPasted(accountId: string, batchId: string | null, text: string): Promise<BatchShape> {
    const batch = this.#join(accountId, batchId);
    await this.#inspectInto(batch, '', Buffer.from(text));
    return this.#finish(batch);
  }

  async resume(accountId: string): Promise<BatchShape | null> {
    const batch = this.#batches.get(this.#current.get(accountId) ?? '');
    if (!batch) return null;
    this.#localHalves.delete(batch);
    return batch.describe(await this.rowsOf(batch));
  }

  /** Errors: not-found. */
  async unlock(batchId: string, rowIds: readonly string[], passphrase: string): Promise<ImportRow[]> {
    const batch = this.get(batchId);
    const asked = new Set(rowIds);
    const signal = batch.begin();
    for (const rowId of asked) {
      const { locked } = batch.get(rowId) ?? {};
      if (!locked || signal.aborted) continue;
      batch.change(rowId, await unlockByForms(this.#deps.worker, locked, passphrase, inspectDeadlineMs));
      // Each takes up to a second by design, so each is told of.
      await this.emitProgress(batch);
    }
    return (await this.rowsOf(batch)).filter((row) => asked.has(row.rowId));
  }

  cancel(batchId: string): void {
    this.#batches.get(batchId)?.cancel();
  }

  discard(batchId: string): void {
    this.#batches.delete(batchId);
  }

  /** Of an account, or of all. */
  clear(accountId?: string): void {
    this.#batches.deleteWhere((batch) => accountId === undefined || batch.accountId === accountId);
  }

  /** Errors: not-found. */
  get(batchId: string): ImportBatch {
    const batch = this.#batches.get(batchId);
    if (!batch) throw new AppError('not-found');
    return batch;
  }

  /** Emits what is new. */
  async emitProgress(batch: ImportBatch): Promise<void> {
    const [findOwner, localHalves] = await Promise.all([
      this.#deps.readOwners(batch.accountId),
      this.#localHalvesFor(batch),
    ]);
    if (!batch.isWiped) this.#deps.emit('sshKeys.importProgressed', batch.describe(batch.news(findOwner, localHalves)));
  }

  /** All of them, as they are now. */
  async rowsOf(batch: ImportBatch): Promise<ImportRow[]> {
    const [findOwner, localHalves] = await Promise.all([
      this.#deps.readOwners(batch.accountId),
      this.#localHalvesFor(batch),
    ]);
    return batch.rows(findOwner, localHalves);
  }

  /** Whose key each row has, found out anew: what a key is added on must be true now. */
  async originsOf(batch: ImportBatch): Promise<ReadonlyMap<string, ImportRow['origin']>> {
    this.#localHalves.delete(batch);
    return new Map((await this.rowsOf(batch)).map(({ rowId, origin }) => [rowId, origin]));
  }

  /** Asked once, and only if something hangs on it. */
  async #localHalvesFor(batch: ImportBatch): Promise<ReadonlySet<string>> {
    const known = this.#localHalves.get(batch);
    if (known) return known;
    if (!batch.needsLocalHalves) return new Set();
    const localHalves = this.#deps.readLocalHalves();
    this.#localHalves.set(batch, localHalves);
    return localHalves;
  }

  #begin(accountId: string, folder: string | null): ImportBatch {
    this.clear(accountId);
    const batch = new ImportBatch({ batchId: randomUUID(), accountId, folder });
    this.#batches.set(batch.batchId, batch, lifetimeMs);
    this.#current.set(accountId, batch.batchId);
    return batch;
  }

  #join(accountId: string, batchId: string | null): ImportBatch {
    return batchId === null ? this.#begin(accountId, null) : this.get(batchId);
  }

  #readPaths(accountId: string, paths: readonly string[]): BatchShape {
    const batch = this.#begin(accountId, null);
    batch.left = Math.max(0, paths.length - maxRows);
    this.#readInBackground(batch, paths.slice(0, maxRows), null);
    return batch.describe([]);
  }

  #readInBackground(batch: ImportBatch, names: readonly string[], folder: string | null): void {
    this.#readInto(batch, names, folder).catch((error: unknown) => {
      batch.state = 'cancelled';
      this.#deps.log.error('an import broke off', error);
    });
  }

  /** `names` lie below `folder`, or are paths of their own. */
  async #readInto(batch: ImportBatch, names: readonly string[], folder: string | null): Promise<void> {
    const signal = batch.begin();
    batch.total = names.length;
    let done = 0;
    await readFiles({
      worker: this.#deps.worker,
      paths: folder === null ? names : names.map((name) => join(folder, name)),
      within: folder,
      signal,
      onRead: async (files) => {
        for (const file of files) {
          const name = names[done] ?? '';
          batch.add(folder === null ? basename(name) : name, file, folder === null ? name : join(folder, name));
          done += 1;
        }
        await this.emitProgress(batch);
      },
    });
    batch.state = signal.aborted ? 'cancelled' : 'done';
    await this.emitProgress(batch);
  }

  async #inspectInto(batch: ImportBatch, name: string, content: Buffer): Promise<void> {
    const { worker } = this.#deps;
    try {
      if (batch.isFull) return batch.leaveOut();
      batch.add(name, {
        realPath: null,
        outcomes: await worker.run((keys) => keys.inspect({ content }), inspectDeadlineMs),
      });
    } catch {
      batch.add(name, { realPath: null, problem: { code: 'unreadable' } });
    } finally {
      content.fill(0);
    }
  }

  async #finish(batch: ImportBatch): Promise<BatchShape> {
    batch.state = 'done';
    batch.total = batch.done;
    await this.emitProgress(batch);
    return batch.describe(await this.rowsOf(batch));
  }
}
