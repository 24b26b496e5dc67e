import type { Notifier } from '../../electron/services/ports.ts';
import { runTool } from './run-tool.ts';

/** Notifications by `notify-send` (libnotify), where it is. Elsewhere the screen alone tells of what is due. */
export function createToolNotifier(platform: NodeJS.Platform = process.platform): Notifier {
  return {
    async show({ title, body }) {
      if (platform === 'win32' || platform === 'darwin') return false;
      return (await runTool({ program: 'notify-send', args: ['--app-name', 'Profile Desk', '--', title, body] })) !== undefined;
    },
  };
}
