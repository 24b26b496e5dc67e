import type { Clock } from '../ports.ts';

/** Gives a larger whole number at each call. */
export type Sequence = () => number;

/** Begins at the time, so that a screen that outlives a restart of the services sees later numbers from the new run. */
export function createSequence(clock: Clock): Sequence {
  let last = clock.now();
  return () => (last += 1);
}
