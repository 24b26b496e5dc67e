import { setImmediate } from 'node:timers/promises';

/** Rows a portion: some 20 ms on one thread, with all that goes with a session. */
export const portion = 200;

/**
 * Runs `act`, which changes at most `portion` rows at a time and returns how many, until it finds no more. Requests
 * that wait meanwhile are answered in between. Returns how many there were in all.
 */
export async function inPortions(act: () => number, mayGoOn: () => boolean = () => true): Promise<number> {
  let all = 0;
  while (mayGoOn()) {
    const changed = act();
    all += changed;
    if (changed < portion) break;
    await setImmediate();
  }
  return all;
}
