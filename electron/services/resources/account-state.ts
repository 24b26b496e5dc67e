import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/contract/errors.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import type { AccountDocuments } from '../vault/account-documents.ts';

export interface AccountStateDeps {
  /** Whether there is such an account: of a forgotten one nothing is kept. */
  readonly isKnown: (accountId: string) => Promise<boolean>;
  /** Runs a write whose failure is told of elsewhere. */
  readonly tolerate: (write: () => Promise<boolean>) => Promise<unknown>;
}

/** Where a state lies on disk. Errors: AppError storage-fault, key-store-unavailable. */
export interface StateStore<K> {
  /** Of an account of which nothing is kept. */
  readonly empty: K;
  /** Undefined if nothing is kept. */
  load(accountId: string): Promise<K | undefined>;
  /** Writes what is other than in `before`, which is there already; returns whether there was anything to write. */
  save(accountId: string, state: K, before: K): Promise<boolean>;
  remove(accountId: string): Promise<void>;
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

/** What this computer knows of something for each account, sealed. One change of an account after another. */
export class AccountState<K> {
  readonly #deps: AccountStateDeps;
  readonly #store: StateStore<K>;
  readonly #queue = new SerialQueue();
  /** So that nothing is forgotten within a run because the disk is full. */
  readonly #entries = new Map<string, Entry<K>>();

  constructor(deps: AccountStateDeps, store: StateStore<K>) {
    this.#deps = deps;
    this.#store = store;
  }

  /** Errors: AppError storage-fault, key-store-unavailable. */
  read(accountId: string): Promise<K> {
    return this.#queue.run(accountId, async () => (await this.#load(accountId)).state);
  }

  /** What was learnt from a provider: a full disk must not hide it. */
  note(accountId: string, next: (state: K) => K): Promise<K> {
    return this.#queue.run(accountId, async () => {
      const entry = await this.#load(accountId).catch((error: unknown) => {
        if (!this.#store.isOnlyAnswers || !(error instanceof AppError)) throw error;
        return undefined;
      });
      const before = entry ?? { state: this.#store.empty, saved: this.#store.empty };
      const state = next(before.state);
      // Nothing to keep, and what is there may be open by the next time.
      if (!entry && state === before.state) return state;
      return this.#change(accountId, before, state, this.#deps.tolerate);
    });
  }

  /**
   * What the person asks to be kept is kept, or it is an error. Errors: AppError storage-fault, key-store-unavailable.
   */
  keep(accountId: string, next: (state: K) => K): Promise<K> {
    return this.#queue.run(accountId, async () => {
      const entry = await this.#load(accountId);
      return this.#change(accountId, entry, next(entry.state), (write) => write());
    });
  }

  /** Held in memory no longer; on disk it stays. */
  evict(accountId: string): void {
    this.#entries.delete(accountId);
    // A change on its way would set it again.
    void this.#queue.run(accountId, async () => void this.#entries.delete(accountId));
  }

  erase(accountId: string): Promise<void> {
    return this.#queue.run(accountId, async () => {
      this.#entries.delete(accountId);
      await this.#store.remove(accountId);
    });
  }

  async #change(
    accountId: string,
    entry: Entry<K>,
    state: K,
    run: (write: () => Promise<boolean>) => Promise<unknown>,
  ): Promise<K> {
    if (!(await this.#deps.isKnown(accountId))) return state;
    let { saved } = entry;
    await run(async () => {
      const wasWritten = await this.#store.save(accountId, state, saved);
      saved = state;
      return wasWritten;
    });
    this.#entries.set(accountId, { state, saved });
    return state;
  }

  async #load(accountId: string): Promise<Entry<K>> {
    const known = this.#entries.get(accountId);
    if (known) return known;
    const state = (await this.#store.load(accountId)) ?? this.#store.empty;
    const entry = { state, saved: state };
    this.#entries.set(accountId, entry);
    return entry;
  }
}

export interface StoredForm<K, Stored> {
  readonly empty: K;
  /** Undefined if there is nothing to keep. */
  readonly toStored: (state: K) => Stored | undefined;
  readonly fromStored: (stored: Stored) => K;
}

/** One document for each account. */
export function createDocumentStore<K, Stored>(
  documents: Omit<AccountDocuments<Stored>, 'change'>,
  { empty, toStored, fromStored }: StoredForm<K, Stored>,
): StateStore<K> {
  return {
    empty,
    async load(accountId) {
      const stored = await documents.read(accountId);
      return stored === undefined ? undefined : fromStored(stored);
    },
    async save(accountId, state, before) {
      const stored = toStored(state);
      if (stored === undefined || isDeepStrictEqual(stored, toStored(before))) return false;
      await documents.write(accountId, stored);
      return true;
    },
    remove: documents.remove,
  };
}
