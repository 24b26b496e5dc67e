import type { Notification } from 'electron';
import type { Clock, Notifier } from '../../services/ports.ts';

/** What of Electron's notification is needed here. */
export interface ShownNotification {
  once(event: 'show' | 'failed' | 'close', listener: () => void): unknown;
  show(): void;
}

/** Milliseconds in which a system that shows it says so. */
const patienceMs = 5_000;

/**
 * Notifications of the desktop. "Supported" is said also where showing one fails: without a signature, or without a
 * shortcut on Windows.
 */
export function createSystemNotifier(
  system: Pick<typeof Notification, 'isSupported'>,
  create: (content: { title: string; body: string }) => ShownNotification,
  clock: Pick<Clock, 'sleep'>,
): Notifier {
  /** Whoever is collected as garbage says nothing any more. */
  const alive = new Set<ShownNotification>();

  async function show(content: { title: string; body: string }): Promise<boolean> {
    const notification = create(content);
    alive.add(notification);
    const answered = new AbortController();
    const shown = new Promise<boolean>((resolve) => {
      notification.once('show', () => resolve(true));
      notification.once('failed', () => resolve(false));
      notification.once('close', () => void alive.delete(notification));
      notification.show();
    });
    const tooLate = clock.sleep(patienceMs, answered.signal).then(
      () => false,
      () => false,
    );
    const isShown = await Promise.race([shown, tooLate]).finally(() => answered.abort());
    if (!isShown) alive.delete(notification);
    return isShown;
  }

  return {
    show: async (content) => system.isSupported() && (await show(content).catch(() => false)),
  };
}
