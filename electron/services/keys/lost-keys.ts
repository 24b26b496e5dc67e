interface Notes {
  /** Keys that were there before an act of unknown outcome. */
  unclearSince: ReadonlySet<string> | undefined;
  lost: ReadonlySet<string>;
}

/** Keys that were made from here, but whose secret was in an answer that got lost. */
export class LostKeys {
  readonly #notes = new Map<string, Notes>();

  /** A key may have been made beside `before`; the next reading tells. */
  noteUnclear(connectionId: string, before: readonly string[]): void {
    this.#notes.set(connectionId, { unclearSince: new Set(before), lost: this.of(connectionId) });
  }

  /** What is there now, by the provider. */
  noteRead(connectionId: string, refs: readonly string[]): void {
    const notes = this.#notes.get(connectionId);
    if (!notes) return;
    const { unclearSince, lost } = notes;
    const isLost = (ref: string) => lost.has(ref) || (unclearSince !== undefined && !unclearSince.has(ref));
    this.#notes.set(connectionId, { unclearSince: undefined, lost: new Set(refs.filter(isLost)) });
  }

  of(connectionId: string): ReadonlySet<string> {
    return this.#notes.get(connectionId)?.lost ?? new Set();
  }

  /** Of one connection, or of all. */
  drop(connectionId?: string): void {
    if (connectionId === undefined) this.#notes.clear();
    else this.#notes.delete(connectionId);
  }
}
