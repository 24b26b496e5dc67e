/** Runs what has the same name one after another, in the order asked; a failure does not stop those behind it. */
export class SerialQueue {
  /** Ends with the last act of that name. Holds no result: what was read must not stay in memory. */
  readonly #ends = new Map<string, Promise<void>>();

  run<T>(name: string, act: () => Promise<T>): Promise<T> {
    const result = (this.#ends.get(name) ?? Promise.resolve()).then(act);
    const end = () => undefined;
    this.#ends.set(name, result.then(end, end));
    return result;
  }

  /** Once everything that was asked so far is over. */
  async idle(): Promise<void> {
    await Promise.all(this.#ends.values());
  }
}
