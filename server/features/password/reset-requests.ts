import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ReportInternal } from '../../report-internal.ts';
import { keyOf } from '../../accounts/identifier-key.ts';
import type { ResetService } from './reset.service.ts';

/** More that wait are nobody's forgotten passwords: then who has most of them waiting gives way. */
const maxWaiting = 1_000;
/** Each waits for the disk on the one thread that answers everybody. */
const maxPerTick = 50;

/**
 * Requests of people who cannot sign in. They are worked off on the next tick of a clock that runs anyway, long after
 * the answer has left, and each by the same writes: neither the answer nor any time tells whether there is such an
 * account. Only a few are worked off in a tick, and between two of them others are answered, so that a flood of them
 * holds nobody up.
 *
 * Addresses take turns, and a full queue takes one from the address that fills it: whoever asks without end displaces
 * and delays themselves alone.
 */
export interface ResetRequests {
  /** `address` is where it comes from. */
  add(identifier: string, address: string): void;
  start(): void;
  /** Resolves once what waits is worked off. */
  stop(): Promise<void>;
}

/** `interval` in milliseconds. */
export function createResetRequests(
  service: Pick<ResetService, 'answer'>,
  report: ReportInternal,
  interval: number,
): ResetRequests {
  const waiting = createFairQueue();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  function answerOne(identifier: string): void {
    try {
      service.answer(identifier);
    } catch (error) {
      report(randomUUID(), error);
    }
  }

  async function workOff(limit: number): Promise<void> {
    for (let count = 0; count < limit; count += 1) {
      const identifier = waiting.take();
      if (identifier === undefined) return;
      answerOne(identifier);
      await setImmediate();
    }
  }

  function tick(): void {
    // What takes longer than a tick is not joined by a second one.
    running ??= workOff(maxPerTick).finally(() => {
      running = undefined;
    });
  }

  return {
    add: waiting.add,
    start() {
      timer ??= setInterval(tick, interval).unref();
    },
    async stop() {
      clearInterval(timer);
      await running;
      await workOff(maxWaiting);
    },
  };
}

/**
 * Each identifier once an address, whatever its case; what is asked from another address waits for itself, as it may be
 * pushed out there.
 */
function createFairQueue() {
  /** By address, in the order of their turns. */
  const queues = new Map<string, Map<string, string>>();
  let size = 0;

  function remove(address: string, queue: Map<string, string>, key: string): void {
    queue.delete(key);
    size -= 1;
    if (queue.size === 0) queues.delete(address);
  }

  /** Whether there is room for one more of an address that has so many waiting. */
  function makeRoom(own: number): boolean {
    if (size < maxWaiting) return true;
    const [address, queue] = [...queues].reduce((largest, each) => (each[1].size > largest[1].size ? each : largest));
    const newest = [...queue.keys()].at(-1);
    if (queue.size <= own + 1 || newest === undefined) return false;
    remove(address, queue, newest);
    return true;
  }

  return {
    add(identifier: string, address: string): void {
      const key = keyOf(identifier);
      const own = queues.get(address);
      if (own?.has(key)) own.set(key, identifier);
      else if (makeRoom(own?.size ?? 0)) {
        const queue = own ?? new Map<string, string>();
        queues.set(address, queue.set(key, identifier));
        size += 1;
      }
    },

    /** The oldest of the address whose turn it is. */
    take(): string | undefined {
      const [next] = queues;
      if (!next) return undefined;
      const [address, queue] = next;
      const [[key, identifier] = ['', '']] = queue;
      remove(address, queue, key);
      if (queues.delete(address)) queues.set(address, queue);
      return identifier;
    },
  };
}
