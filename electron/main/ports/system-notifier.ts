import type { Notification } from 'electron';
import type { Notifier } from '../../services/ports.ts';

/** Notifications of the desktop. */
export function createSystemNotifier(
  system: Pick<typeof Notification, 'isSupported'>,
  create: (content: { title: string; body: string }) => Pick<Notification, 'show'>,
): Notifier {
  return {
    async show(content) {
      if (!system.isSupported()) return false;
      create(content).show();
      return true;
    },
  };
}
