import type { Emit } from '../../../../shared/contract/index.ts';
import type { Clock } from '../../ports.ts';

/**
 * Milliseconds that a page has to answer: a lock comes all the same. It takes a few, and some hundred times as many on a
 * computer that is very busy.
 */
const answerMs = 3_000;

export interface TypedLastDeps {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly emit: Emit<'drafts.wanted'>;
}

/** What was typed a moment ago and is held by the page alone: it is asked for before the app is locked or ends (X5). */
export class TypedLast {
  readonly #deps: TypedLastDeps;
  #isPageThere = false;
  #asked: { readonly end: Promise<void>; readonly answered: AbortController } | undefined;

  constructor(deps: TypedLastDeps) {
    this.#deps = deps;
  }

  /** A page that never asked for a draft has none to add to. */
  notePage(): void {
    this.#isPageThere = true;
  }

  /** The page has kept all that it held, or cannot. */
  noteAnswer(): void {
    this.#asked?.answered.abort();
  }

  /** Resolved once the page has answered, at the latest after three seconds. Never throws. */
  ask(): Promise<void> {
    if (!this.#isPageThere) return Promise.resolve();
    return this.#asked?.end ?? this.#ask();
  }

  #ask(): Promise<void> {
    const { clock, emit } = this.#deps;
    const answered = new AbortController();
    const end = clock
      .sleep(answerMs, answered.signal)
      .catch(() => undefined)
      .finally(() => (this.#asked = undefined));
    this.#asked = { end, answered };
    emit('drafts.wanted', {});
    return end;
  }
}
