import type { Notifier } from '../../electron/services/ports.ts';
import { runTool } from './run-tool.ts';

/** Notifications by `notify-send` (libnotify), where it is. Elsewhere the screen alone tells of what is due. */
export function createToolNotifier(platform: NodeJS.Platform = process.platform): Notifier {
  return {
    async show({ title, body }) {
      if (platform === 'win32' || platform === 'darwin') return false;
      return (
        (await runTool({
          program: 'notify-send',
          args: ['--app-name', 'Profile Desk', '--', title, asPlainText(body)],
        })) !== undefined
      );
    },
  };
}

/**
 * A body is read as markup (Desktop Notifications Specification 1.2, section 4.1), and by notify-send for escapes as in
 * C: the name of a key must not be.
 */
function asPlainText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
