import type { Clock } from '../ports.ts';

/** What the clocks of the servers show, measured from their answers; the computer's own clock may be wrong by days. */
export interface ServerClock {
  /**
   * Takes the Date header (RFC 9110, section 6.6.1) of an answer from `url`; `sentAt` and `receivedAt` are monotonic.
   */
  note(url: string, date: string | undefined, sentAt: number, receivedAt: number): void;
  /** Milliseconds since the epoch, right to about a second; undefined while it is not known well enough. */
  now(url: string): number | undefined;
}

interface Measurement {
  /** What the server's clock showed, and this computer's two clocks at the same moment. */
  readonly server: number;
  readonly monotonic: number;
  readonly wall: number;
}

/** A Date header is cut to whole seconds, so on average the server's clock is half a second further. */
const cutOff = 500;
/**
 * Milliseconds by which the two clocks here may come apart: more than that, and one was set, or stood still in sleep.
 */
const toleranceMs = 2_000;

export function createServerClock(clock: Clock): ServerClock {
  const measurements = new Map<string, Measurement>();
  return {
    note(url, date, sentAt, receivedAt) {
      const shown = Date.parse(date ?? '');
      if (Number.isNaN(shown)) return;
      const sinceShown = clock.monotonic() - receivedAt + (receivedAt - sentAt) / 2;
      measurements.set(new URL(url).origin, {
        server: shown + cutOff + sinceShown,
        monotonic: clock.monotonic(),
        wall: clock.now(),
      });
    },
    now(url) {
      const last = measurements.get(new URL(url).origin);
      if (!last) return undefined;
      const passed = clock.monotonic() - last.monotonic;
      const isTrue = Math.abs(clock.now() - last.wall - passed) <= toleranceMs;
      return isTrue ? last.server + passed : undefined;
    },
  };
}
