import { shallowReactive } from 'vue';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { Host } from '../../../host/host.ts';
import { asErrorShape } from '../../../lib/errors/error-shape.ts';
import type { Draft } from './draft.ts';
import { fromKept, toKept } from './kept-draft.ts';

/** Nothing typed for so long, milliseconds: then it is kept. */
export const pauseMs = 500;
/** Who types on and on loses no more than this to a kill, milliseconds. */
export const maxUnkeptMs = 5_000;

export interface DraftKeeperDeps {
  readonly calls: Pick<Host['calls']['drafts'], 'get' | 'save' | 'discard' | 'confirmKept'>;
  /** What is typed and not sent now. */
  readonly draftOf: (accountId: string) => Draft;
  /** Told once of each account that had a draft: it goes behind what was typed since. `savedAt`: RFC 3339. */
  readonly onFound: (accountId: string, found: Draft, savedAt: string) => void;
}

/** Keeps what is typed on this computer (X5): shortly after it was typed, and at once where that is asked for. */
export class DraftKeeper {
  /** Why the newest of an account is not kept. */
  readonly errors = shallowReactive(new Map<string, ErrorShape>());
  readonly #deps: DraftKeeperDeps;
  /** As the services have it, as a text: a draft that was put on newer values may be the same as before. */
  readonly #kept = new Map<string, string>();
  readonly #unkept = new Set<string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #limits = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #finding = new Map<string, Promise<void>>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(deps: DraftKeeperDeps) {
    this.#deps = deps;
  }

  /** Asks once for what was kept before. Errors: those of the call; it is asked again then. */
  find(accountId: string): Promise<void> {
    const asked = this.#finding.get(accountId) ?? this.#ask(accountId);
    this.#finding.set(accountId, asked);
    return asked;
  }

  /** To be told whenever the draft of an account has changed. */
  noteChange(accountId: string): void {
    clearTimeout(this.#timers.get(accountId));
    const edits = toKept(this.#deps.draftOf(accountId));
    const kept = this.#kept.get(accountId);
    // What was kept before is not known yet, and nothing is lost where nothing is typed.
    const isKept = kept === undefined ? edits.length === 0 : JSON.stringify(edits) === kept;
    if (isKept && !this.#writing.has(accountId)) {
      this.#stopTimers(accountId);
      return this.#noteKept(accountId);
    }
    this.#unkept.add(accountId);
    // What was sent or discarded must not come back after a kill.
    if (edits.length === 0) return void this.#keep(accountId);
    const keep = () => void this.#keep(accountId);
    this.#timers.set(accountId, setTimeout(keep, pauseMs));
    if (!this.#limits.has(accountId)) this.#limits.set(accountId, setTimeout(keep, maxUnkeptMs));
  }

  /** Keeps everything now; returns whether it is kept. */
  async keep(): Promise<boolean> {
    await Promise.all([...this.#unkept].map((accountId) => this.#keep(accountId)));
    return this.isKept();
  }

  /** The app is about to be locked or to end (X11): also what cannot be kept holds it up no longer. */
  async handOver(): Promise<void> {
    await this.keep();
    // Whoever asked may be gone by then.
    await this.#deps.calls.confirmKept().catch(() => undefined);
  }

  isKept(): boolean {
    return this.#unkept.size === 0;
  }

  /** The account is gone, and what was kept with it. */
  forget(accountId: string): void {
    this.#stopTimers(accountId);
    this.#noteKept(accountId);
    this.#kept.delete(accountId);
    this.#finding.delete(accountId);
  }

  async #ask(accountId: string): Promise<void> {
    try {
      const { edits, savedAt } = await this.#deps.calls.get({ accountId });
      this.#kept.set(accountId, JSON.stringify(edits));
      if (savedAt) this.#deps.onFound(accountId, fromKept(edits), savedAt);
    } catch (error) {
      this.#finding.delete(accountId);
      throw error;
    }
  }

  #keep(accountId: string): Promise<void> {
    this.#stopTimers(accountId);
    const writing =
      this.#writing.get(accountId) ??
      this.#write(accountId)
        .catch((error: unknown) => void this.errors.set(accountId, asErrorShape(error)))
        .finally(() => this.#writing.delete(accountId));
    this.#writing.set(accountId, writing);
    return writing;
  }

  /** One after another, until the newest is kept. Errors: those of the calls. */
  async #write(accountId: string): Promise<void> {
    const { calls, draftOf } = this.#deps;
    // Else what was kept before would be lost to what was typed while it was asked for.
    await this.find(accountId);
    for (;;) {
      const edits = toKept(draftOf(accountId));
      const text = JSON.stringify(edits);
      if (text === this.#kept.get(accountId)) return this.#noteKept(accountId);
      await (edits.length > 0 ? calls.save({ accountId, edits }) : calls.discard({ accountId }));
      this.#kept.set(accountId, text);
    }
  }

  #noteKept(accountId: string): void {
    this.#unkept.delete(accountId);
    this.errors.delete(accountId);
  }

  #stopTimers(accountId: string): void {
    for (const timers of [this.#timers, this.#limits]) {
      clearTimeout(timers.get(accountId));
      timers.delete(accountId);
    }
  }
}
