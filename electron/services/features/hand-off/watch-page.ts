import { randomUUID } from 'node:crypto';
import type { HandOffOutcome } from '../../../../shared/contract/account/hand-off.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports.ts';
import type { HandOffClaim } from '../../provider/account-hand-off.ts';
import type { OpenPage } from './open-page.ts';

export interface Watch {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Errors: AppError conflict (another-person). */
  readonly outcome: Promise<HandOffOutcome>;
  /** Looks now; a change ends it. Errors: those of `hasChanged`. */
  check(): Promise<HandOffOutcome>;
  /** Ends it here; over already, nothing changes. */
  end(outcome: HandOffOutcome): void;
}

interface WatchDeps {
  readonly page: Pick<OpenPage, 'claim' | 'close'>;
  /** Whether the service tells anything else than before the page was opened. */
  readonly hasChanged: () => Promise<boolean>;
  readonly clock: Clock;
  /** Before anybody is told that it is done. */
  readonly onDone?: () => Promise<void>;
}

/** A quarter of an hour, as a page may want a device that lies in another room. */
const maxOpenMs = 900_000;

/** Waits until the browser comes back, the person says so, or the time is over; and then looks what became of it. */
export function watchPage({ page, hasChanged, clock, onDone }: WatchDeps): Watch {
  const over = new AbortController();
  let end: (outcome: HandOffOutcome) => void = () => undefined;
  const ended = new Promise<HandOffOutcome>((resolve) => (end = resolve));
  const late = clock.sleep(maxOpenMs, over.signal).then(
    (): HandOffClaim => 'unknown',
    () => new Promise<never>(() => undefined),
  );
  const judged = Promise.race([page.claim, late]).then(async (claim) =>
    // Who cannot be asked now has not said no.
    judge(claim, await hasChanged().catch(() => false)),
  );
  const outcome = Promise.race([ended, judged])
    .finally(() => {
      over.abort();
      page.close();
    })
    .then(async (each) => {
      if (each === 'done') await onDone?.();
      return each;
    });
  // Whoever waits for it handles it; until then it is no fault of the process.
  outcome.catch(() => undefined);
  return {
    id: randomUUID(),
    expiresAt: clock.now() + maxOpenMs,
    outcome,
    async check() {
      if (!(await hasChanged())) return 'unknown';
      end('done');
      return outcome;
    },
    end,
  };
}

/** A change that is there was made, whatever the address claims; one that is not there is believed from nobody. */
function judge(claim: HandOffClaim, hasChanged: boolean): HandOffOutcome {
  if (hasChanged) return 'done';
  if (claim === 'another-person') throw new AppError('conflict', { reason: 'another-person' });
  return claim === 'done' ? 'unknown' : claim;
}
