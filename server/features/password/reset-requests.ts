import { randomUUID } from 'node:crypto';
import type { ReportInternal } from '../../http/error-handling.ts';
import { keyOf } from '../profile/identifier-key.ts';
import type { ResetService } from './reset.service.ts';

/** More that wait are nobody's forgotten passwords. */
const mostWaiting = 1_000;

/**
 * Requests of people who cannot sign in. They are worked off on the next tick of a clock that runs anyway, long after the
 * answer has left, and each by the same writes: neither the answer nor any time tells whether there is such an account.
 */
export interface ResetRequests {
  add(identifier: string): void;
  start(): void;
  /** Works off what waits. */
  stop(): void;
}

/** `interval` in milliseconds. */
export function createResetRequests(
  service: Pick<ResetService, 'answer'>,
  report: ReportInternal,
  interval: number,
): ResetRequests {
  const waiting = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  function workOff(): void {
    const identifiers = [...waiting.values()];
    waiting.clear();
    for (const identifier of identifiers) {
      try {
        service.answer(identifier);
      } catch (error) {
        report(randomUUID(), error);
      }
    }
  }

  return {
    add(identifier) {
      if (waiting.size < mostWaiting) waiting.set(keyOf(identifier), identifier);
    },
    start() {
      timer ??= setInterval(workOff, interval).unref();
    },
    stop() {
      clearInterval(timer);
      workOff();
    },
  };
}
