/** Runs what has the same name one after another, in the order asked; a failure does not stop those behind it. */
export class Turns {
  /** Ends with the last act of that name. Holds no result: what was read must not stay in memory. */
  readonly #ends = new Map<string, Promise<void>>();

  take<T>(name: string, act: () => Promise<T>): Promise<T> {
    const run = (this.#ends.get(name) ?? Promise.resolve()).then(act);
    const end = () => undefined;
    this.#ends.set(name, run.then(end, end));
    return run;
  }
}
