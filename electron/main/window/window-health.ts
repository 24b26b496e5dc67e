import { app, dialog, type BrowserWindow, type WebContents } from 'electron';
import { nativeText } from '../../services/core/native-text.ts';
import type { Log } from '../../services/ports.ts';

/** Asks the person what to do when the page crashed, hangs, or holds changes that were not sent. */
export function watchWindow(window: BrowserWindow, log: Log): void {
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.warn('the page ended', { reason, exitCode });
    if (reason !== 'clean-exit') void offerReload(window, log, crashed());
  });
  window.on('unresponsive', () => {
    log.warn('the page does not respond');
    void offerReload(window, log, hangs());
  });
  webContents.on('preload-error', (_event, _path, error) => log.error('the preload failed', error));
  webContents.on('will-prevent-unload', (event) => {
    if (locked.has(webContents) || wantsToDiscard(window)) event.preventDefault();
  });
}

/** Pages that were locked and are still to go. */
const locked = new WeakSet<WebContents>();

/** The app was locked (X11): nobody may be there to be asked. The page cannot do it: it may navigate nowhere. */
export function reloadLocked({ webContents }: BrowserWindow): void {
  locked.add(webContents);
  webContents.once('did-navigate', () => locked.delete(webContents));
  webContents.reload();
}

interface Question {
  readonly message: string;
  readonly detail: string;
  readonly other: { readonly label: string; act(): void };
}

const crashed = (): Question => ({
  message: nativeText('window.crashed'),
  detail: nativeText('window.crashedHint'),
  other: { label: nativeText('window.quit'), act: () => app.quit() },
});
const hangs = (): Question => ({
  message: nativeText('window.hangs'),
  detail: nativeText('window.hangsHint'),
  other: { label: nativeText('window.wait'), act: () => undefined },
});

async function offerReload(window: BrowserWindow, log: Log, { message, detail, other }: Question): Promise<void> {
  const buttons = [nativeText('window.reload'), other.label];
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
    message: nativeText('window.leave'),
    detail: nativeText('window.leaveHint'),
    buttons: [nativeText('window.discard'), nativeText('window.keepEditing')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return answer === discard;
}
