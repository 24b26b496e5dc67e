import { powerMonitor } from 'electron';
import { AppError } from '../../shared/contract/errors.ts';
import type { Log } from '../services/ports.ts';
import type { Services } from '../services/services.ts';

/**
 * Locks when the computer goes to sleep, and with its screen (macOS and Windows tell of that), where the person has the
 * app lock by itself (X11). Comes once Electron is ready.
 */
export function lockWithSystem({ handlers }: Services, log: Log): void {
  async function lock(): Promise<void> {
    if ((await handlers.settings.get(undefined)).lockAfterMinutes === null) return;
    try {
      await handlers.vault.lock(undefined);
    } catch (error) {
      // Without a passphrase, and where it is locked already, there is nothing to lock.
      if (!(error instanceof AppError) || error.code !== 'not-offered') log.error('not locked with the system', error);
    }
  }
  powerMonitor.on('suspend', () => void lock());
  powerMonitor.on('lock-screen', () => void lock());
}
