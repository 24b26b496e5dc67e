import { app } from 'electron';
import type { Clock, Log } from '../services/ports.ts';
import type { Services } from '../services/services.ts';

const closeLimitMs = 5_000;

/**
 * Holds the end of the app twice. At `before-quit`, while the page is there, what was typed last is kept: the question
 * of a page that still has to keep something blocks this process, and nobody may be there to answer it. At `will-quit`
 * the services are closed, for five seconds at most: the windows are gone, so neither can a person be kept waiting nor
 * can a page still call off the quit.
 */
export function closeBeforeQuit(services: Pick<Services, 'keepTyped' | 'close'>, clock: Clock, log: Log): void {
  let state: 'open' | 'keeping' | 'kept' | 'closing' | 'closed' = 'open';

  async function keepTyped(): Promise<void> {
    await services.keepTyped();
    if (state === 'keeping') state = 'kept';
    app.quit();
  }
  async function closeInTime(): Promise<void> {
    await Promise.race([
      services.close().catch((cause: unknown) => log.error('close failed', cause)),
      clock.sleep(closeLimitMs),
    ]);
    state = 'closed';
    app.quit();
  }
  app.on('before-quit', (event) => {
    if (state === 'open') {
      state = 'keeping';
      void keepTyped();
    }
    if (state === 'keeping') event.preventDefault();
    // A page may call off this quit: the next one begins anew.
    else if (state === 'kept') state = 'open';
  });
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void closeInTime();
  });
}
