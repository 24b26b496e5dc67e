import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/contract/errors.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import type { ConnectionDocuments } from '../vault/connection-documents.ts';

export interface AccountStateParts {
  /** Whether there is such a connection: of a forgotten one nothing is kept. */
  readonly isKnown: (connectionId: string) => Promise<boolean>;
  /** Runs a write whose failure is told of elsewhere. */
  readonly tolerate: (write: () => Promise<boolean>) => Promise<unknown>;
}

/** Where a state lies on disk. Errors: AppError storage-fault, key-store-unavailable. */
export interface StateStore<K> {
  /** Of a connection of which nothing is kept. */
  readonly empty: K;
  /** Undefined if nothing is kept. */
  load(connectionId: string): Promise<K | undefined>;
  /** Writes what is other than in `before`, which is there already; returns whether there was anything to write. */
  save(connectionId: string, state: K, before: K): Promise<boolean>;
  remove(connectionId: string): Promise<void>;
  /**
   * It holds nothing but what a provider said, so an answer is kept also where what was there before cannot be opened.
   */
  readonly isOnlyAnswers?: boolean;
}

interface Entry<K> {
  readonly state: K;
  /** As it is on disk. */
  readonly saved: K;
}

/** What this computer knows of something for each connection, sealed. One change of a connection after another. */
export class AccountState<K> {
  readonly #parts: AccountStateParts;
  readonly #store: StateStore<K>;
  readonly #queue = new SerialQueue();
  /** So that nothing is forgotten within a run because the disk is full. */
  readonly #entries = new Map<string, Entry<K>>();

  constructor(parts: AccountStateParts, store: StateStore<K>) {
    this.#parts = parts;
    this.#store = store;
  }

  /** Errors: AppError storage-fault, key-store-unavailable. */
  read(connectionId: string): Promise<K> {
    return this.#queue.run(connectionId, async () => (await this.#load(connectionId)).state);
  }

  /** What was learnt from a provider: a full disk must not hide it. */
  note(connectionId: string, next: (state: K) => K): Promise<K> {
    return this.#queue.run(connectionId, async () => {
      const entry = await this.#load(connectionId).catch((error: unknown) => {
        if (!this.#store.isOnlyAnswers || !(error instanceof AppError)) throw error;
        return undefined;
      });
      const before = entry ?? { state: this.#store.empty, saved: this.#store.empty };
      const state = next(before.state);
      // Nothing to keep, and what is there may be open by the next time.
      if (!entry && state === before.state) return state;
      return this.#change(connectionId, before, state, this.#parts.tolerate);
    });
  }

  /**
   * What the person asks to be kept is kept, or it is an error. Errors: AppError storage-fault, key-store-unavailable.
   */
  keep(connectionId: string, next: (state: K) => K): Promise<K> {
    return this.#queue.run(connectionId, async () => {
      const entry = await this.#load(connectionId);
      return this.#change(connectionId, entry, next(entry.state), (write) => write());
    });
  }

  /** Held in memory no longer; on disk it stays. */
  drop(connectionId: string): void {
    this.#entries.delete(connectionId);
    // A change on its way would set it again.
    void this.#queue.run(connectionId, async () => void this.#entries.delete(connectionId));
  }

  forget(connectionId: string): Promise<void> {
    return this.#queue.run(connectionId, async () => {
      this.#entries.delete(connectionId);
      await this.#store.remove(connectionId);
    });
  }

  async #change(
    connectionId: string,
    entry: Entry<K>,
    state: K,
    run: (write: () => Promise<boolean>) => Promise<unknown>,
  ): Promise<K> {
    if (!(await this.#parts.isKnown(connectionId))) return state;
    let { saved } = entry;
    await run(async () => {
      const wasWritten = await this.#store.save(connectionId, state, saved);
      saved = state;
      return wasWritten;
    });
    this.#entries.set(connectionId, { state, saved });
    return state;
  }

  async #load(connectionId: string): Promise<Entry<K>> {
    const known = this.#entries.get(connectionId);
    if (known) return known;
    const state = (await this.#store.load(connectionId)) ?? this.#store.empty;
    const entry = { state, saved: state };
    this.#entries.set(connectionId, entry);
    return entry;
  }
}

export interface StoredForm<K, Stored> {
  readonly empty: K;
  /** Undefined if there is nothing to keep. */
  readonly toStored: (state: K) => Stored | undefined;
  readonly fromStored: (stored: Stored) => K;
}

/** One document for each connection. */
export function createDocumentStore<K, Stored>(
  documents: ConnectionDocuments<Stored>,
  { empty, toStored, fromStored }: StoredForm<K, Stored>,
): StateStore<K> {
  return {
    empty,
    async load(connectionId) {
      const stored = await documents.read(connectionId);
      return stored === undefined ? undefined : fromStored(stored);
    },
    async save(connectionId, state, before) {
      const stored = toStored(state);
      if (stored === undefined || isDeepStrictEqual(stored, toStored(before))) return false;
      await documents.write(connectionId, stored);
      return true;
    },
    remove: documents.remove,
  };
}
