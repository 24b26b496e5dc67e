import type { BaseWindow, Dialog, MessageBoxOptions } from 'electron';
import { nativeText } from '../../services/core/native-text.ts';
import type { OriginQuestion } from '../../services/ports.ts';

const connect = 1;

/** The system's own dialog: no page of the app can draw it or answer it. What changes nothing is the default. */
export function createDialogOriginQuestion(
  dialog: Pick<Dialog, 'showMessageBox'>,
  findWindow: () => BaseWindow | null,
): OriginQuestion {
  return {
    async ask(origin, signal) {
      const options: MessageBoxOptions = {
        type: 'question',
        message: nativeText('origin.connectTo', { origin }),
        detail: nativeText('origin.hint'),
        buttons: [nativeText('origin.refuse'), nativeText('origin.connect')],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
        ...(signal && { signal }),
      };
      const window = findWindow();
      const asked = window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
      return asked.then(
        ({ response }) => response === connect,
        () => false,
      );
    },
  };
}
