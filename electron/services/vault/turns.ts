/** Runs what has the same name one after another, in the order asked; a failure does not stop those behind it. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(name: string, act: () => Promise<T>): Promise<T> {
    const run = (this.#last.get(name) ?? Promise.resolve()).then(act);
    const settled = run.then(ignore, ignore).then(() => {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    });
    this.#last.set(name, settled);
    return run;
  }
}

function ignore(): void {
  // The caller has the result; the queue only waits for the end.
}
