import { createConnectionDocuments } from '../../../vault/connection-documents.ts';
import type { IdentityKeysState } from '../../../provider/account-identity-keys.ts';
import type { SealedStorage } from '../../../vault/sealed-storage.ts';
import { Turns } from '../../../core/turns.ts';
import { storedIdentityKeysSchema } from '../identity-keys.stored.ts';

export interface KeptIdentityKeysOptions {
  readonly storage: SealedStorage;
  /** Whether there is such a connection: of a forgotten one nothing is kept. */
  readonly isKnown: (connectionId: string) => Promise<boolean>;
  /** Runs a write whose failure is told of elsewhere. */
  readonly tolerate: (write: () => Promise<void>) => Promise<void>;
}

/** Identity keys as last read from a provider. */
export interface IdentityKeysReading {
  /** `provider` if it comes from the last answer, `cache` once a later one failed. */
  readonly source: 'provider' | 'cache';
  /** RFC 3339. */
  readonly takenAt: string;
  readonly state: IdentityKeysState;
}

/** The last reading of each connection's identity keys, sealed. One change of a connection after another. */
export class KeptIdentityKeys {
  readonly #options: KeptIdentityKeysOptions;
  readonly #documents;
  readonly #turns = new Turns();
  /** So that nothing is forgotten within a run because the disk is full. */
  readonly #readings = new Map<string, IdentityKeysReading>();

  constructor(options: KeptIdentityKeysOptions) {
    this.#options = options;
    this.#documents = createConnectionDocuments(options.storage, {
      prefix: 'identity-keys',
      what: 'keys',
      version: 1,
      schema: storedIdentityKeysSchema,
    });
  }

  /** Undefined if there never was one. Errors: storage-fault, key-store-unavailable. */
  read(connectionId: string): Promise<IdentityKeysReading | undefined> {
    return this.#turns.take(connectionId, () => this.#load(connectionId));
  }

  put(connectionId: string, reading: IdentityKeysReading): Promise<void> {
    return this.#turns.take(connectionId, async () => {
      if (!(await this.#options.isKnown(connectionId))) return;
      this.#readings.set(connectionId, reading);
      const { takenAt, state } = reading;
      await this.#options.tolerate(() =>
        this.#documents.write(connectionId, { version: 1, takenAt, state: { ...state, keys: [...state.keys] } }),
      );
    });
  }

  /** The provider could not be asked again. */
  markStale(connectionId: string): Promise<IdentityKeysReading | undefined> {
    return this.#turns.take(connectionId, async () => {
      const reading = await this.#load(connectionId);
      const stale = reading && { ...reading, source: 'cache' as const };
      if (stale) this.#readings.set(connectionId, stale);
      return stale;
    });
  }

  forget(connectionId: string): Promise<void> {
    return this.#turns.take(connectionId, async () => {
      this.#readings.delete(connectionId);
      await this.#documents.remove(connectionId);
    });
  }

  async #load(connectionId: string): Promise<IdentityKeysReading | undefined> {
    const known = this.#readings.get(connectionId);
    if (known) return known;
    const stored = await this.#documents.read(connectionId);
    if (!stored) return undefined;
    const reading = { source: 'cache' as const, takenAt: stored.takenAt, state: stored.state };
    this.#readings.set(connectionId, reading);
    return reading;
  }
}
