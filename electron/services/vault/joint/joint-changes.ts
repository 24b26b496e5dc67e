import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Notice } from '../../../../shared/contract/app.ts';
import type { Log } from '../../ports.ts';
import type { DocumentStore } from '../document-store.ts';
import type { MemoryDocuments } from '../memory-documents.ts';
import type { DocumentSpec } from '../sealed-storage.ts';
import { changesSpec, type StoredChanges } from '../vault.stored.ts';

/** What no file store would read back must not be written. */
const maxBytes = 15 * 1_024 * 1_024;

export interface JsonChange {
  readonly spec: DocumentSpec<z.ZodType>;
  readonly json: string;
}

/**
 * Several documents written as one. All of them go into one document first: once that is on the disk they count as
 * written, and are put in their places at leisure, after a crash at the next start. What cannot be put there yet, since
 * the disk is full, is read from memory.
 */
export class JointChanges {
  readonly #memory: MemoryDocuments;
  readonly #log: Log;
  /** Account by name of what stands in that document and nowhere else on the disk, unless it left the memory. */
  readonly #waiting = new Map<string, string>();

  constructor(memory: MemoryDocuments, log: Log) {
    this.#memory = memory;
    this.#log = log;
  }

  /** Names of what is not in its place yet; by default of all accounts. */
  waiting(account?: string): readonly string[] {
    const names = [...this.#waiting].filter(([, owner]) => account === undefined || owner === account);
    return names.map(([name]) => name).filter((name) => this.#memory.has(name));
  }

  /** What is to be removed has its place first: otherwise it would come back. Errors: AppError storage-fault. */
  async place(store: DocumentStore, name: string): Promise<void> {
    if (this.#waiting.has(name)) await this.#memory.moveTo(store, name);
    this.#waiting.delete(name);
  }

  /**
   * The caller keeps everybody else away from these documents, and from those that wait. Errors: AppError
   * storage-fault; nothing is written.
   */
  async write(store: DocumentStore, changes: readonly JsonChange[]): Promise<void> {
    // They would be nowhere on the disk once others stand where they do.
    for (const name of this.waiting()) await this.place(store, name);
    const documents: StoredChanges['documents'] = [];
    for (const { spec, json } of changes) {
      const { name, what, account, version } = spec;
      documents.push({ name, what, account, version, json, generation: await store.nextGeneration(spec) });
    }
    const plaintext = Buffer.from(JSON.stringify({ version: 1, documents }));
    if (plaintext.length > maxBytes) throw new AppError('storage-fault', {}, new Error('more than is written as one'));
    try {
      await store.write(changesSpec, plaintext);
    } catch (error) {
      // It may be there, and not in the ledger: who was told that it failed must not find it done at the next start.
      await store
        .remove(changesSpec)
        .catch((left: unknown) => this.#log.error('not written, and not taken back', left));
      throw error;
    }
    for (const { spec, json } of changes) this.#memory.keep(spec, json);
    await this.#settle(
      store,
      changes.map(({ spec }) => spec),
    );
  }

  /** What an app that ended in the middle left to be put in its place. Errors: AppError storage-fault. */
  async recover(store: DocumentStore): Promise<void> {
    const left = await store.read(changesSpec).catch((error: unknown) => this.#leaveLater(error));
    if (!left || left.documents.length === 0) return;
    const specs: DocumentSpec<z.ZodType>[] = [];
    for (const { json, generation, name, what, account, version } of left.documents) {
      // Named by this app, or an earlier one.
      const spec = { name, what: what as Notice['what'], account, version, schema: z.unknown() };
      // It was put there, and perhaps changed since.
      if ((await store.nextGeneration(spec)) > generation) continue;
      this.#memory.keep(spec, json);
      specs.push(spec);
    }
    await this.#settle(store, specs);
  }

  /** That of a later version keeps nobody from what else is there; the person is told. */
  #leaveLater(error: unknown): undefined {
    if (!(error instanceof AppError)) throw error;
    this.#log.error('what was written as one could not be read', error);
  }

  /** Never throws: what stays in memory is tried again with its next reading, and at the next start. */
  async #settle(store: DocumentStore, specs: readonly DocumentSpec<z.ZodType>[]): Promise<void> {
    for (const { name, account } of specs) this.#waiting.set(name, account);
    try {
      for (const { name } of specs) await this.place(store, name);
      await store.remove(changesSpec);
    } catch (error) {
      this.#log.error('written, and not in its place yet', error);
    }
  }
}
