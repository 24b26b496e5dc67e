import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, type Session } from 'electron';
import { startAddress } from './app-scheme.ts';
import { watchWindow } from './window-health.ts';
import type { Log } from '../services/ports.ts';

/** `--canvas` of the page (renderer/ui/tokens.css), so that no other colour flashes before it is drawn. */
const background = { light: '#f7f7f4', dark: '#131514' };

/** The one function that makes a window. It is shown once the page has something to show. */
export function createWindow(session: Session, log: Log): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    width: 1180,
    height: 800,
    minWidth: 720,
    minHeight: 540,
    show: false,
    title: app.getName(),
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      session,
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  watchWindow(window, log);
  window.loadURL(startAddress).catch((cause: unknown) => log.error('the page did not load', cause));
  return window;
}
