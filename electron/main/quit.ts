import { app } from 'electron';
import type { Clock, Log } from '../services/ports.ts';

const closeLimitMs = 5_000;

/**
 * Holds the end of the app until `close` has finished, for five seconds at most. At `will-quit` the windows
 * are gone, so neither can a person be kept waiting nor can a page still call off the quit.
 */
export function closeBeforeQuit(close: () => Promise<void>, clock: Clock, log: Log): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  async function closeInTime(): Promise<void> {
    await Promise.race([
      close().catch((cause: unknown) => log.error('close failed', cause)),
      clock.sleep(closeLimitMs),
    ]);
    state = 'closed';
    app.quit();
  }
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void closeInTime();
  });
}
