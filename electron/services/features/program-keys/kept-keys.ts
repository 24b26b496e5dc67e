import type * as z from 'zod';
import { createConnectionDocuments } from '../../vault/connection-documents.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { Turns } from '../../core/turns.ts';
import { noKeys, type KeysState, type Reading } from './keys-state.ts';
import { storedKeysSchema } from './keys.stored.ts';

export interface KeptKeysOptions {
  readonly storage: SealedStorage;
  /** Whether there is such a connection: of a forgotten one nothing is kept. */
  readonly isKnown: (connectionId: string) => Promise<boolean>;
  /** Runs a write whose failure is told of elsewhere. */
  readonly tolerate: (write: () => Promise<void>) => Promise<void>;
}

type Stored = z.infer<typeof storedKeysSchema>;
type Next = (state: KeysState) => KeysState;

/** What is known here of each connection's keys, sealed. One change of a connection after another. */
export class KeptKeys {
  readonly #options: KeptKeysOptions;
  readonly #documents;
  readonly #turns = new Turns();
  /** So that nothing is forgotten within a run because the disk is full. */
  readonly #states = new Map<string, KeysState>();

  constructor(options: KeptKeysOptions) {
    this.#options = options;
    this.#documents = createConnectionDocuments(options.storage, {
      prefix: 'keys',
      what: 'keys',
      version: 1,
      schema: storedKeysSchema,
    });
  }

  /** Errors: AppError storage-fault, key-store-unavailable. */
  read(connectionId: string): Promise<KeysState> {
    return this.#turns.take(connectionId, () => this.#load(connectionId));
  }

  /** What was read from the provider: a full disk must not hide it. */
  note(connectionId: string, next: Next): Promise<KeysState> {
    return this.#change(connectionId, next, this.#options.tolerate);
  }

  /** What the person asks to be kept is kept, or it is an error. Errors: AppError storage-fault, key-store-unavailable. */
  keep(connectionId: string, next: Next): Promise<KeysState> {
    return this.#change(connectionId, next, (write) => write());
  }

  forget(connectionId: string): Promise<void> {
    return this.#turns.take(connectionId, async () => {
      this.#states.delete(connectionId);
      await this.#documents.remove(connectionId);
    });
  }

  #change(connectionId: string, next: Next, run: KeptKeysOptions['tolerate']): Promise<KeysState> {
    return this.#turns.take(connectionId, async () => {
      const before = await this.#load(connectionId);
      const state = next(before);
      if (state === before || !(await this.#options.isKnown(connectionId))) return state;
      await run(() => this.#documents.write(connectionId, toStored(state)));
      this.#states.set(connectionId, state);
      return state;
    });
  }

  async #load(connectionId: string): Promise<KeysState> {
    const known = this.#states.get(connectionId);
    if (known) return known;
    const stored = await this.#documents.read(connectionId);
    const state = stored ? fromStored(stored) : noKeys;
    this.#states.set(connectionId, state);
    return state;
  }
}

function toStored({ apiKey, accessKeys, ownEnds, reminded, lost, rotation }: KeysState): Stored {
  return {
    version: 1,
    apiKey: apiKey ? { takenAt: apiKey.takenAt, state: { ...apiKey.state, offers: [...apiKey.state.offers] } } : null,
    accessKeys: accessKeys
      ? {
          takenAt: accessKeys.takenAt,
          state: { ...accessKeys.state, offers: [...accessKeys.state.offers], keys: [...accessKeys.state.keys] },
        }
      : null,
    ownEnds: [...ownEnds],
    reminded: [...reminded],
    lost,
    rotation,
  };
}

function fromStored({ apiKey, accessKeys, ownEnds, reminded, lost = noKeys.lost, rotation }: Stored): KeysState {
  return {
    apiKey: asCached(apiKey),
    accessKeys: asCached(accessKeys),
    ownEnds: new Map(ownEnds),
    reminded: new Map(reminded),
    lost,
    rotation,
  };
}

function asCached<S>(stored: { readonly takenAt: string; readonly state: S } | null): Reading<S> | undefined {
  return stored ? { source: 'cache', ...stored } : undefined;
}
