import { createConnectionDocuments } from '../../vault/connection-documents.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { Turns } from '../../core/turns.ts';
import {
  hasSameNotes,
  withAllSeen,
  withList,
  withName,
  withStaleList,
  type SessionList,
  type SessionsState,
} from './sessions-state.ts';
import { storedSessionListSchema, storedSessionNotesSchema } from './sessions.stored.ts';

export interface KeptSessionsOptions {
  readonly storage: SealedStorage;
  /** Whether there is such a connection: of a forgotten one nothing is kept. */
  readonly isKnown: (connectionId: string) => Promise<boolean>;
  /** Runs a write whose failure is told of elsewhere. */
  readonly tolerate: (write: () => Promise<boolean>) => Promise<unknown>;
}

type Next = (state: SessionsState) => SessionsState;

/** What is known here of each connection's sessions, sealed. One change of a connection after another. */
export class KeptSessions {
  readonly #options: KeptSessionsOptions;
  readonly #lists;
  readonly #notes;
  readonly #turns = new Turns();
  /** So that nothing is forgotten within a run because the disk is full. */
  readonly #states = new Map<string, SessionsState>();

  constructor(options: KeptSessionsOptions) {
    this.#options = options;
    this.#lists = createConnectionDocuments(options.storage, {
      prefix: 'sessions',
      what: 'sessions',
      version: 1,
      schema: storedSessionListSchema,
    });
    this.#notes = createConnectionDocuments(options.storage, {
      prefix: 'session-notes',
      what: 'sessions',
      version: 1,
      schema: storedSessionNotesSchema,
    });
  }

  /** Errors: AppError storage-fault, key-store-unavailable. */
  read(connectionId: string): Promise<SessionsState> {
    return this.#turns.take(connectionId, () => this.#load(connectionId));
  }

  /** A full disk must not hide what was read. */
  putList(connectionId: string, list: SessionList): Promise<SessionsState> {
    return this.#change(connectionId, (state) => withList(state, list), this.#options.tolerate);
  }

  /** The provider could not be asked again; of `closed` we know nevertheless that they are gone. */
  markStale(connectionId: string, closed: ReadonlySet<string> = new Set()): Promise<SessionsState> {
    return this.#change(connectionId, (state) => withStaleList(state, closed), this.#options.tolerate);
  }

  /** What the person asks to be kept is kept, or it is an error. Errors: AppError not-found, storage-fault, key-store-unavailable. */
  putName(connectionId: string, sessionId: string, name: string): Promise<SessionsState> {
    return this.#change(
      connectionId,
      (state) => withName(state, sessionId, name),
      (write) => write(),
    );
  }

  /** Errors: as putName. */
  markSeen(connectionId: string): Promise<SessionsState> {
    return this.#change(connectionId, withAllSeen, (write) => write());
  }

  forget(connectionId: string): Promise<void> {
    return this.#turns.take(connectionId, async () => {
      this.#states.delete(connectionId);
      await this.#lists.remove(connectionId);
      await this.#notes.remove(connectionId);
    });
  }

  #change(connectionId: string, next: Next, run: KeptSessionsOptions['tolerate']): Promise<SessionsState> {
    return this.#turns.take(connectionId, async () => {
      const before = await this.#load(connectionId);
      const state = next(before);
      if (!(await this.#options.isKnown(connectionId))) return state;
      await run(() => this.#write(connectionId, before, state));
      this.#states.set(connectionId, state);
      return state;
    });
  }

  /** Returns whether there was anything to write. */
  async #write(connectionId: string, before: SessionsState, after: SessionsState): Promise<boolean> {
    const { list, names, seen } = after;
    const isOtherList = list !== undefined && list.facts !== before.list?.facts;
    if (isOtherList)
      await this.#lists.write(connectionId, { version: 1, takenAt: list.takenAt, facts: [...list.facts] });
    const areOtherNotes = !hasSameNotes(before, after);
    if (areOtherNotes)
      await this.#notes.write(connectionId, { version: 1, names: [...names], seen: [...(seen ?? [])] });
    return isOtherList || areOtherNotes;
  }

  async #load(connectionId: string): Promise<SessionsState> {
    const known = this.#states.get(connectionId);
    if (known) return known;
    const [list, notes] = await Promise.all([this.#lists.read(connectionId), this.#notes.read(connectionId)]);
    const state: SessionsState = {
      list: list && { source: 'cache', takenAt: list.takenAt, facts: list.facts },
      names: new Map(notes?.names),
      seen: notes && new Set(notes.seen),
    };
    this.#states.set(connectionId, state);
    return state;
  }
}
