import { app, dialog, type BrowserWindow } from 'electron';
import type { Log } from '../services/ports.ts';

/** Asks the person what to do when the page crashed, hangs, or holds changes that were not sent. */
export function watchWindow(window: BrowserWindow, log: Log): void {
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.warn('the page ended', { reason, exitCode });
    if (reason !== 'clean-exit') void offerReload(window, log, crashed);
  });
  window.on('unresponsive', () => {
    log.warn('the page does not respond');
    void offerReload(window, log, hangs);
  });
  webContents.on('preload-error', (_event, _path, error) => log.error('the preload failed', error));
  webContents.on('will-prevent-unload', (event) => {
    if (wantsToDiscard(window)) event.preventDefault();
  });
}

interface Question {
  readonly message: string;
  readonly detail: string;
  readonly other: { readonly label: string; act(): void };
}

const crashed: Question = {
  message: 'The window stopped working.',
  detail: 'Reload it to go on. Changes that were not sent are lost.',
  other: { label: 'Quit', act: () => app.quit() },
};
const hangs: Question = {
  message: 'The window does not respond.',
  detail: 'Wait for it, or reload it. Changes that were not sent are lost by a reload.',
  other: { label: 'Wait', act: () => undefined },
};

async function offerReload(window: BrowserWindow, log: Log, { message, detail, other }: Question): Promise<void> {
  const buttons = ['Reload', other.label];
  try {
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail,
      buttons,
      cancelId: 1,
      noLink: true,
    });
    if (response !== 0) other.act();
    else if (!window.isDestroyed()) window.webContents.reload();
  } catch (cause) {
    log.error('the question was not shown', cause);
  }
}

/** Electron keeps a page silently that asks before it is left (W2); so the question is asked here. */
function wantsToDiscard(window: BrowserWindow): boolean {
  const discard = 0;
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: 'Leave without updating?',
    detail: 'Your changes were not sent.',
    buttons: ['Discard changes', 'Keep editing'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return answer === discard;
}
