import { AsyncLocalStorage } from 'node:async_hooks';

const watching = new AsyncLocalStorage<Answers>();

/**
 * Whether anything of what is run came from a server. An app knows some things by itself, such as that a service has no
 * API keys, and that says nothing of whether the service can be reached.
 */
export class Answers {
  #hasAny = false;

  get hasAny(): boolean {
    return this.#hasAny;
  }

  /** Counts the answers to what `act` asks, however deep inside. */
  run<T>(act: () => Promise<T>): Promise<T> {
    return watching.run(this, act);
  }

  /** A server has answered what runs now. */
  static note(): void {
    const answers = watching.getStore();
    if (answers) answers.#hasAny = true;
  }
}
