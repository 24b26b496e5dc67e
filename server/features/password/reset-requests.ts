import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ReportInternal } from '../../report-internal.ts';
import { keyOf } from '../../accounts/identifier-key.ts';
import type { ResetService } from './reset.service.ts';

/** More that wait are nobody's forgotten passwords. */
const mostWaiting = 1_000;
/** Each waits for the disk on the one thread that answers everybody. */
const mostPerTick = 50;

/**
 * Requests of people who cannot sign in. They are worked off on the next tick of a clock that runs anyway, long after the
 * answer has left, and each by the same writes: neither the answer nor any time tells whether there is such an account. Only
 * a few are worked off in a tick, and between two of them others are answered, so that a flood of them holds nobody up.
 */
export interface ResetRequests {
  add(identifier: string): void;
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
  const waiting = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  function answerOne(identifier: string): void {
    try {
      service.answer(identifier);
    } catch (error) {
      report(randomUUID(), error);
    }
  }

  async function workOff(most: number): Promise<void> {
    for (const [key, identifier] of [...waiting].slice(0, most)) {
      waiting.delete(key);
      answerOne(identifier);
      await setImmediate();
    }
  }

  function tick(): void {
    // What takes longer than a tick is not joined by a second one.
    running ??= workOff(mostPerTick).finally(() => {
      running = undefined;
    });
  }

  return {
    add(identifier) {
      if (waiting.size < mostWaiting) waiting.set(keyOf(identifier), identifier);
    },
    start() {
      timer ??= setInterval(tick, interval).unref();
    },
    async stop() {
      clearInterval(timer);
      await running;
      await workOff(mostWaiting);
    },
  };
}
