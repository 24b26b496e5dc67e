import { AppError } from '../../shared/contract/errors.ts';
import type { Clock, Log } from './ports.ts';
import type { Services } from './services.ts';

/**
 * Locks (X11) while no page is open, whose own clock would do it: after as long without use as the person chose. On
 * macOS the app outlives its window, and the browser shell its pages.
 */
export class UnseenLock {
  readonly #services: Pick<Services, 'handlers' | 'keepTyped'>;
  readonly #clock: Pick<Clock, 'sleep'>;
  readonly #log: Log;
  #isSeen = false;
  #waiting: AbortController | undefined;

  constructor(
    services: Pick<Services, 'handlers' | 'keepTyped'>,
    { clock, log }: { clock: Pick<Clock, 'sleep'>; log: Log },
  ) {
    this.#services = services;
    this.#clock = clock;
    this.#log = log;
  }

  /** A page is there; it looks at the time by itself. */
  noteSeen(): void {
    this.#isSeen = true;
    this.#endWait();
  }

  /** The last page went. */
  noteUnseen(): void {
    this.#isSeen = false;
    this.#endWait();
    const waiting = (this.#waiting = new AbortController());
    void this.#lockAfter(waiting.signal).catch((error: unknown) => {
      // Without a passphrase, and where it is locked already, there is nothing to lock.
      const isNone = error instanceof AppError && error.code === 'not-offered';
      if (!isNone && !waiting.signal.aborted) this.#log.error('not locked though nobody is there', error);
    });
  }

  /** As `Services.keepTyped`, at once where no page is open that could hold anything. */
  async keepTyped(): Promise<void> {
    if (this.#isSeen) await this.#services.keepTyped();
  }

  #endWait(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
  }

  async #lockAfter(signal: AbortSignal): Promise<void> {
    const { settings, vault } = this.#services.handlers;
    const { lockAfterMinutes } = await settings.get(undefined);
    if (lockAfterMinutes === null) return;
    await this.#clock.sleep(lockAfterMinutes * 60_000, signal);
    if (!signal.aborted) await vault.lock(undefined);
  }
}
