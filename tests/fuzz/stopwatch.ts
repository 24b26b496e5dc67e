import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';

export interface Stopwatch extends Disposable {
  /** `took`: milliseconds of processor time. */
  measure<T>(act: () => Promise<T>): Promise<{ value: T; took: number }>;
}

/** Newest collections remembered; an act that took long had a few dozen. */
const remembered = 200;
/** Of the loop, in which entries of the collector come in any case. */
const rounds = 10;

/**
 * Counts what the code of this thread and of the threads that it starts uses. `process.cpuUsage()` counts more: V8
 * collects and compiles in threads of its own, for everything that ran in this process before, so that a call of 5 ms
 * seems to take 500 once the heap is large. The pauses of the collector in this thread are taken off for that reason.
 * What libuv's pool does is not counted: keys are derived there, which is meant to take long.
 */
export function createStopwatch(): Stopwatch {
  const threads = watchThreads();
  const collector = watchCollector();
  return {
    async measure(act) {
      await threads.timeSinceLastCall();
      await threads.timeSinceLastCall();
      const began = performance.now();
      const before = process.threadCpuUsage();
      const value = await act();
      const own = process.threadCpuUsage(before).user / 1_000;
      const ended = performance.now();
      // A pause is told by the clock on the wall: on a busy machine this thread had but a share of it.
      const share = Math.min(1, own / (ended - began));
      const pauses = (await collector.pausesBetween(began, ended)) * share;
      return { value, took: own - pauses + (await threads.timeSinceLastCall()) };
    },
    [Symbol.dispose]() {
      threads[Symbol.dispose]();
      collector[Symbol.dispose]();
    },
  };
}

function watchThreads() {
  const counted = new Map<Worker, number>();
  const add = (thread: Worker): void => void counted.set(thread, 0);
  process.on('worker', add);

  async function timeOf(thread: Worker, before: number): Promise<number> {
    try {
      const total = (await thread.cpuUsage()).user / 1_000;
      counted.set(thread, total);
      return total - before;
    } catch {
      // It has ended, and what it did since it was last asked cannot be known any more.
      counted.delete(thread);
      return 0;
    }
  }

  return {
    /** Milliseconds of all threads together. */
    async timeSinceLastCall() {
      const times = await Promise.all([...counted].map(([thread, before]) => timeOf(thread, before)));
      return times.reduce((sum, time) => sum + time, 0);
    },
    [Symbol.dispose]: () => void process.off('worker', add),
  };
}

function watchCollector() {
  const collections: { startTime: number; duration: number }[] = [];
  const observer = new PerformanceObserver((list) => {
    collections.push(...list.getEntries());
    collections.splice(0, collections.length - remembered);
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    /** Both as `performance.now()` says them. */
    async pausesBetween(began: number, ended: number) {
      // Node hands out the entries in one round of the loop and calls the observer in the next, but not always in the
      // next two.
      for (let round = 0; round < rounds; round += 1) await setImmediate();
      return collections
        .filter(({ startTime }) => startTime >= began && startTime < ended)
        .reduce((sum, { duration }) => sum + duration, 0);
    },
    [Symbol.dispose]: () => observer.disconnect(),
  };
}
