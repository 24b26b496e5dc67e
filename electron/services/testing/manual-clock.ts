import type { Clock } from '../ports.ts';

interface Sleeper {
  readonly length: number;
  readonly until: number;
  readonly wake: () => void;
}

export interface ManualClock extends Clock {
  /** Moves time on and wakes, in order, all whose sleep ends by then. */
  advance(milliseconds: number): Promise<void>;
  /**
   * As `advance`, for a loop: whoever wakes sleeps again before time goes on, however long a disk or a network keeps
   * it.
   */
  advanceRounds(milliseconds: number): Promise<void>;
  /** Until the next time that somebody goes to sleep for so long: the sign that what came before it is over. */
  nextSleep(milliseconds?: number): Promise<void>;
  /** Sets the time of day back, or on if negative, as a person does; sleeps go on as before. */
  setBack(milliseconds: number): void;
  /** The computer is started anew, an hour after it was at first. */
  reboot(): void;
}

/** The Clock port with time standing still until a test moves it. */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  /** What sleeps go by: no clock on the wall. */
  let now = start;
  let behind = 0;
  let bootedAt = start - 3_600_000;
  let sleepers: Sleeper[] = [];
  let awaited: { readonly length: number | undefined; readonly resolve: () => void }[] = [];
  const nextSleep = (length?: number) => new Promise<void>((resolve) => awaited.push({ length, resolve }));
  return {
    now: () => now - behind,
    monotonic: () => now - start,
    sinceBoot: () => now - bootedAt,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const sleeper: Sleeper = { length: milliseconds, until: now + milliseconds, wake: resolve };
        fallAsleep(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((each) => each !== sleeper);
          reject(signal.reason as Error);
        });
      }),
    setBack: (milliseconds) => void (behind += milliseconds),
    reboot: () => void (bootedAt = now),
    nextSleep,
    advance: (milliseconds) => moveOn(milliseconds, settle),
    advanceRounds: (milliseconds) => moveOn(milliseconds, nextSleep),
  };

  /** `afterWaking` is called before somebody is woken. */
  async function moveOn(milliseconds: number, afterWaking: () => Promise<void>): Promise<void> {
    const end = now + milliseconds;
    for (let next = earliest(); next && next.until <= end; next = earliest()) {
      now = next.until;
      sleepers = sleepers.filter((each) => each !== next);
      const rested = afterWaking();
      next.wake();
      await rested;
    }
    now = end;
    await settle();
  }

  function fallAsleep(sleeper: Sleeper): void {
    sleepers.push(sleeper);
    const ready = awaited.filter(({ length }) => length === undefined || length === sleeper.length);
    awaited = awaited.filter((each) => !ready.includes(each));
    for (const { resolve } of ready) resolve();
  }

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
