import { AppError } from '../../../../../shared/contract/errors.ts';
import type { Clock } from '../../../ports.ts';

/** Lets the requests of one account through at the pace that GitHub wants, or it may shut the app out. */
export interface Pacing {
  /** Errors: AppError rate-limited, with nothing sent, while a limit that was told lasts; those of `act`. */
  run<T>(isWrite: boolean, act: () => Promise<T>): Promise<T>;
}

/** Milliseconds from the end of one write to the next. */
const writeGapMs = 1_000;

/** One request at a time, and a pause between two that change something. */
export function createPacing(clock: Pick<Clock, 'monotonic' | 'sleep'>, gapMs = writeGapMs): Pacing {
  let last: Promise<unknown> = Promise.resolve();
  let [nextWriteAt, freeAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

  async function inTurn<T>(isWrite: boolean, act: () => Promise<T>): Promise<T> {
    const left = freeAt - clock.monotonic();
    if (left > 0) throw new AppError('rate-limited', { retryAfter: Math.ceil(left / 1_000) });
    const pause = isWrite ? nextWriteAt - clock.monotonic() : 0;
    if (pause > 0) await clock.sleep(pause);
    try {
      return await act();
    } catch (error) {
      const seconds = error instanceof AppError && error.code === 'rate-limited' ? error.details.retryAfter : undefined;
      if (seconds !== undefined) freeAt = clock.monotonic() + seconds * 1_000;
      throw error;
    } finally {
      if (isWrite) nextWriteAt = clock.monotonic() + gapMs;
    }
  }

  return {
    run(isWrite, act) {
      const turn = last.then(() => inTurn(isWrite, act));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
