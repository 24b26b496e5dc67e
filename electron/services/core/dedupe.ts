/** One run for all who ask for the same while it lasts: a double click makes one key. */
export class Dedupe<T> {
  readonly #running = new Map<string, Promise<T>>();

  run(name: string, act: () => Promise<T>): Promise<T> {
    const running = this.#running.get(name);
    if (running) return running;
    const run = act().finally(() => this.#running.delete(name));
    this.#running.set(name, run);
    return run;
  }
}
