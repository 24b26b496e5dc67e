import { Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The person at the terminal that the app was started in. */
export interface Terminal {
  /** Hears of Enter from now on. False where nobody can press it: a file, and /dev/null, are no Socket. */
  listen(onEnter: () => void): boolean;
  /**
   * Whether they typed `yes`. No is also nobody there, no answer in time, and a question that `signal` takes back. One
   * question at a time.
   */
  ask(question: string, yes: string, signal?: AbortSignal): Promise<boolean>;
  close(): void;
}

/** Milliseconds that a question waits. */
const patience = 120_000;

export function createTerminal(input: Readable, print: (text: string) => void, patienceMs = patience): Terminal {
  let lines: Interface | undefined;
  /** Of the question that waits. */
  let answer: ((line: string) => void) | undefined;
  return {
    listen(onEnter) {
      if (!(input instanceof Socket)) return false;
      lines = createInterface({ input }).on('line', (line) => (answer ? answer(line) : onEnter()));
      lines.once('close', () => {
        lines = undefined;
        answer?.('');
      });
      return true;
    },
    ask: (question, yes, signal) =>
      new Promise((resolve) => {
        if (!lines || signal?.aborted) return resolve(false);
        const giveUp = (): void => answer?.('');
        const late = setTimeout(giveUp, patienceMs);
        signal?.addEventListener('abort', giveUp);
        answer = (line) => {
          answer = undefined;
          clearTimeout(late);
          signal?.removeEventListener('abort', giveUp);
          resolve(line.trim().toLowerCase() === yes);
        };
        print(question);
      }),
    close: () => lines?.close(),
  };
}
