import type { ApiKeySnapshot } from '../../../../shared/contract/keys/api-key.ts';
import { AppError, type ErrorCode } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports.ts';
import type { AccountState } from '../../resources/account-state.ts';
import type { SnapshotHead } from '../../core/snapshot-heads.ts';
import { CachedResource, type Reading, type ResourceDeps } from '../../resources/cached-resource.ts';
import { lockOffline } from '../../resources/lock-offline.ts';
import type { KeysOffer } from '../../provider/account-keys.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { isOffered, withLost, withoutGone, type KeyKind, type KeysState } from './keys-state.ts';
import { judgeLost } from './lost-keys.ts';

/** What both kinds of keys need. */
export interface KeysDeps<A> extends ResourceDeps<A, KeysState> {
  readonly states: AccountState<KeysState>;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly clock: Clock;
}

/** Head of a snapshot, as the contract has it. */
export type KeysHead = SnapshotHead & Pick<ApiKeySnapshot, 'access' | 'offers'>;

/** What is different between them: `S` is the provider's state, `T` the snapshot made of it. */
export interface KeysKind<A, S extends KeysOffer, T> {
  readonly name: KeyKind;
  readonly ask: (account: A) => Promise<S>;
  readonly get: (all: KeysState) => Reading<S> | undefined;
  readonly put: (all: KeysState, reading: Reading<S>) => KeysState;
  readonly refsOf: (state: S) => readonly string[];
  /**
   * Called with the keys of each state that came from the provider and has such keys, before anything is told of it.
   */
  readonly onRead: (accountId: string, refs: readonly string[]) => void;
  readonly toSnapshot: (head: KeysHead, state: S, all: KeysState) => T;
  readonly emit: (snapshot: T) => void;
}

/** A change of what is kept that goes with another, in one write. */
export type ExtraChange = (all: KeysState) => KeysState;

/** After these the screen shows something that is not so any more. */
const outdated = new Set<ErrorCode>(['forbidden', 'not-offered', 'not-found', 'conflict']);

/**
 * Reads one kind of keys with the cache behind it, and acts on them; one after another for an account, so that no
 * answer is overtaken.
 */
export class KeysReader<A, S extends KeysOffer, T> {
  readonly #deps: KeysDeps<A>;
  readonly #kind: KeysKind<A, S, T>;
  readonly #resource: CachedResource<A, S, KeysState, T>;
  readonly #queue = new SerialQueue();

  constructor(deps: KeysDeps<A>, kind: KeysKind<A, S, T>) {
    this.#deps = deps;
    this.#kind = kind;
    this.#resource = new CachedResource(deps, {
      ask: kind.ask,
      get: kind.get,
      set: kind.put,
      show: (head, state, all) =>
        kind.toSnapshot(
          { ...head, access: lockOffline(head.source, state.access), offers: [...state.offers] },
          state,
          all,
        ),
    });
  }

  /** Falls back to what is kept for any refusal: what was seen once stays viewable. Errors: those of the provider. */
  read(accountId: string, from: 'provider' | 'cache'): Promise<T> {
    if (from === 'cache') return this.#resource.readCached(accountId);
    return this.#queue.run(accountId, () =>
      this.#resource.orCached(accountId, async () =>
        this.#resource.show(accountId, await this.save(accountId, await this.ask(accountId))),
      ),
    );
  }

  /** Runs a guarded act (E12) in its turn. What is refused because something changed meanwhile is read anew. */
  act<R>(accountId: string, act: () => Promise<R>): Promise<R> {
    return this.#queue.run(accountId, async () => {
      try {
        await this.#deps.reauth.require(accountId);
        return await act();
      } catch (error) {
        if (error instanceof AppError && outdated.has(error.code)) await this.refresh(accountId).catch(() => undefined);
        throw error;
      }
    });
  }

  // The rest is for acts, in their turn.

  ask(accountId: string): Promise<S> {
    return this.#resource.ask(accountId);
  }

  /** Keeps what the provider said or did; `shown`: the key whose secret came with it. */
  save(accountId: string, state: S, shown?: string, extraChange: ExtraChange = (all) => all): Promise<KeysState> {
    if (isOffered(state)) this.#kind.onRead(accountId, this.#kind.refsOf(state));
    return this.#resource.put(accountId, state, (all, reading) => extraChange(this.#withReading(all, reading, shown)));
  }

  /**
   * A key is about to be made beside those of `before`: should it get lost, the next reading tells. Errors: AppError
   * storage-fault, key-store-unavailable.
   */
  begin(accountId: string, before: S): Promise<KeysState> {
    const { name, refsOf } = this.#kind;
    return this.#deps.states.keep(accountId, (all) =>
      withLost(this.#withReading(all, this.#resource.toReading(before)), name, (lost) => ({
        ...lost,
        unclearSince: refsOf(before),
      })),
    );
  }

  /** It was not made. */
  cancel(accountId: string): Promise<KeysState> {
    return this.#deps.states.note(accountId, (all) =>
      withLost(all, this.#kind.name, (lost) => ({ ...lost, unclearSince: null })),
    );
  }

  /** Asks, stores and emits. Errors: those of the provider. */
  async refresh(accountId: string): Promise<T> {
    return this.emitSnapshot(accountId, await this.save(accountId, await this.ask(accountId)));
  }

  async emitSnapshot(accountId: string, all: KeysState): Promise<T> {
    const snapshot = await this.#resource.show(accountId, all);
    this.#kind.emit(snapshot);
    return snapshot;
  }

  /** Emits what is known anew, because something that is not the provider's changed. */
  async emitKnown(accountId: string): Promise<void> {
    const all = await this.#deps.states.read(accountId);
    if (this.#kind.get(all)) await this.emitSnapshot(accountId, all);
  }

  /** As last read; asks if that was never. Errors: unauthenticated after a sign-out, those of the provider. */
  async known(accountId: string): Promise<S> {
    await this.#deps.mustShow(accountId);
    const reading = this.#kind.get(await this.#deps.states.read(accountId));
    if (reading) return reading.state;
    const state = await this.ask(accountId);
    await this.save(accountId, state);
    return state;
  }

  #withReading(all: KeysState, reading: Reading<S>, shown?: string): KeysState {
    const { name, put, refsOf } = this.#kind;
    const { state } = reading;
    const next = put(all, reading);
    return withoutGone(isOffered(state) ? withLost(next, name, (lost) => judgeLost(lost, refsOf(state), shown)) : next);
  }
}
