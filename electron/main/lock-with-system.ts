import { powerMonitor } from 'electron';
import { AppError } from '../../shared/contract/errors.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import type { Log } from '../services/ports.ts';
import type { Services } from '../services/services.ts';
import { watchLinuxScreenLock } from './ports/linux-screen-lock.ts';

/**
 * Locks when the computer goes to sleep, and with its screen, where the person has the app lock by itself (X11).
 * Electron tells of a locked screen on macOS and Windows, D-Bus on Linux. Comes once Electron is ready.
 */
export function lockWithSystem(services: Services, log: Log): void {
  const { handlers } = services;
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
  if (process.platform === 'linux') watchWhileWished(services, (onLock) => watchLinuxScreenLock(onLock, { log }), lock);
}

/** No program runs beside the app for who does not have it lock by itself. */
function watchWhileWished(
  { handlers, onEvent }: Services,
  watch: (onLock: () => void) => () => void,
  lock: () => Promise<void>,
): void {
  let stop: (() => void) | undefined;
  const follow = ({ lockAfterMinutes }: Settings): void => {
    if (lockAfterMinutes !== null) stop ??= watch(() => void lock());
    else {
      stop?.();
      stop = undefined;
    }
  };
  onEvent(({ channel, payload }) => {
    if (channel === 'settings.changed') follow(payload as Settings);
  });
  void Promise.resolve(handlers.settings.get(undefined)).then(follow);
}
