import { AppError } from '../../../shared/contract/errors.ts';
import type { Requests } from '../accounts/requests.ts';
import type { Sequence } from '../core/sequence.ts';
import type { SnapshotHead } from '../core/snapshot-heads.ts';
import type { Clock } from '../ports.ts';
import type { AccountState } from './account-state.ts';

/** What a provider said, as last read. */
export interface Reading<S> extends Pick<SnapshotHead, 'source' | 'takenAt'> {
  readonly state: S;
}

export interface ResourceDeps<A, K> {
  readonly signedIn: Requests<A>;
  readonly states: Pick<AccountState<K>, 'read' | 'note'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly sequence: Sequence;
  /** Before what is kept of an account is shown. Errors: not-found, unauthenticated after a sign-out. */
  readonly mustShow: (accountId: string) => Promise<void>;
}

/**
 * `A`: the provider's account; `S`: what it says; `K`: all that is stored of it, with what it said; `T`: the snapshot.
 */
export interface ResourceSpec<A, S, K, T> {
  readonly ask: (account: A) => Promise<S>;
  /** Undefined before the first answer. */
  readonly get: (stored: K) => Reading<S> | undefined;
  readonly set: (stored: K, reading: Reading<S>) => K;
  /** As `set`, for an answer that just came: also what else follows from it. */
  readonly merge?: (stored: K, reading: Reading<S>) => K;
  readonly show: (head: SnapshotHead, state: S, stored: K) => T | Promise<T>;
  /** Told of each answer to `refresh` that nothing newer had overtaken, once it is kept. */
  readonly onRead?: (snapshot: T) => Promise<unknown>;
}

/**
 * Something that a provider tells of an account, with the last answer kept behind it, so that what was seen once stays
 * viewable.
 */
export class CachedResource<A, S, K, T> {
  readonly #deps: ResourceDeps<A, K>;
  readonly #spec: ResourceSpec<A, S, K, T>;
  /** How many questions were asked, and by account the latest one that was answered. */
  #asked = 0;
  readonly #answered = new Map<string, number>();
  /** Number of changes made at the provider, by account. */
  readonly #changes = new Map<string, number>();

  constructor(deps: ResourceDeps<A, K>, spec: ResourceSpec<A, S, K, T>) {
    this.#deps = deps;
    this.#spec = spec;
  }

  /** Errors: those of the provider, or of `readCached`. */
  read(accountId: string, from: 'provider' | 'cache'): Promise<T> {
    return from === 'cache' ? this.readCached(accountId) : this.orCached(accountId, () => this.refresh(accountId));
  }

  /** Asks, keeps and shows. Errors: those of the provider. */
  async refresh(accountId: string): Promise<T> {
    const begun = (this.#asked += 1);
    const state = await this.ask(accountId);
    // Whoever asked later knows better, though the answer came sooner.
    if (begun < (this.#answered.get(accountId) ?? 0)) return this.again(accountId);
    return this.#accept(accountId, state, begun);
  }

  /** As an answer to `refresh`, where it was asked for elsewhere just now. */
  accept(accountId: string, state: S): Promise<T> {
    return this.#accept(accountId, state, (this.#asked += 1));
  }

  /** What was changed meanwhile may be missing in an answer: then it is asked again. Errors: those of the provider. */
  async ask(accountId: string): Promise<S> {
    for (;;) {
      const before = this.#changes.get(accountId);
      const state = await this.#deps.signedIn.request(accountId, (account) => this.#spec.ask(account));
      if (this.#changes.get(accountId) === before) return state;
    }
  }

  /**
   * Falls back to what is kept for any refusal but one that a proof would mend. Errors: those of `read`, also if
   * nothing is kept.
   */
  async orCached(accountId: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'reauth-required') throw error;
      return await this.readStale(accountId).catch(() => {
        throw error;
      });
    }
  }

  /**
   * Before anything was asked. Errors: not-found, unauthenticated after a sign-out, storage-fault,
   * key-store-unavailable.
   */
  async readCached(accountId: string): Promise<T> {
    await this.#deps.mustShow(accountId);
    return this.show(accountId, this.#asStale(await this.#deps.states.read(accountId)), 0);
  }

  /** After a request that failed; of some of it we may know nevertheless what became of it. Errors: as readCached. */
  async readStale(accountId: string, known: (stored: K) => K = (stored) => stored): Promise<T> {
    await this.#deps.mustShow(accountId);
    const stale = (stored: K) => known(this.#asStale(stored));
    return this.show(accountId, await this.#deps.states.note(accountId, stale));
  }

  /** As last read, shown anew because something beside it changed. Errors: as readCached. */
  async again(accountId: string): Promise<T> {
    await this.#deps.mustShow(accountId);
    return this.show(accountId, await this.#deps.states.read(accountId));
  }

  /** As last read. Errors: as readCached. */
  async known(accountId: string): Promise<S> {
    await this.#deps.mustShow(accountId);
    return this.#mustHave(await this.#deps.states.read(accountId)).state;
  }

  /** Keeps what the provider said. */
  put(accountId: string, state: S, merge = this.#spec.merge ?? this.#spec.set): Promise<K> {
    return this.#deps.states.note(accountId, (stored) => merge(stored, this.toReading(state)));
  }

  /** Of an answer that just came. */
  toReading(state: S): Reading<S> {
    return { source: 'provider', takenAt: new Date(this.#deps.clock.now()).toISOString(), state };
  }

  /** Something was changed at the provider: what was asked before that is out of date. */
  markChanged(accountId: string): void {
    this.#changes.set(accountId, (this.#changes.get(accountId) ?? 0) + 1);
  }

  /** Errors: not-found if there was never an answer. */
  async show(accountId: string, stored: K, sequence?: number): Promise<T> {
    const { source, takenAt, state } = this.#mustHave(stored);
    // Before anything is waited for: `stored` is the newest now.
    const head = { accountId, source, takenAt, sequence: sequence ?? this.#deps.sequence() };
    return this.#spec.show(head, state, stored);
  }

  async #accept(accountId: string, state: S, begun: number): Promise<T> {
    this.#answered.set(accountId, begun);
    const snapshot = await this.show(accountId, await this.put(accountId, state));
    await this.#spec.onRead?.(snapshot);
    return snapshot;
  }

  #mustHave(stored: K): Reading<S> {
    const reading = this.#spec.get(stored);
    if (!reading) throw new AppError('not-found');
    return reading;
  }

  #asStale(stored: K): K {
    const reading = this.#spec.get(stored);
    return reading?.source === 'provider' ? this.#spec.set(stored, { ...reading, source: 'cache' }) : stored;
  }
}
