import { uptime } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../ports.ts';

/** The computer's own clock. `sleep` rejects with AbortError once its signal aborts. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sinceBoot: () => uptime() * 1_000,
    sleep: (milliseconds, signal) => wait(milliseconds, undefined, signal ? { signal } : {}),
  };
}
