import type { Clock } from '../ports.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export interface ManualClock extends Clock {
  /** Moves time on and wakes, in order, all whose sleep ends by then. */
  advance(milliseconds: number): Promise<void>;
  /** Sets the time of day back, or on if negative, as a person does; sleeps go on as before. */
  setBack(milliseconds: number): void;
}

/** The Clock port with time standing still until a test moves it. */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  /** What sleeps go by: no clock on the wall. */
  let now = start;
  let behind = 0;
  let sleepers: Sleeper[] = [];
  return {
    now: () => now - behind,
    monotonic: () => now - start,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper: Sleeper = { until: now + milliseconds, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((each) => each !== sleeper);
          reject(signal.reason as Error);
        });
      }),
    setBack: (milliseconds) => void (behind += milliseconds),
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (let next = earliest(); next && next.until <= end; next = earliest()) {
        now = next.until;
        sleepers = sleepers.filter((each) => each !== next);
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
  };

  function earliest(): Sleeper | undefined {
    return sleepers.reduce<Sleeper | undefined>(
      (first, each) => (!first || each.until < first.until ? each : first),
      undefined,
    );
  }
}

/** Lets everything run that waits for nothing but promises. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
