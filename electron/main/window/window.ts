import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, type Session } from 'electron';
import { startAddress } from '../app-scheme.ts';
import { offerContextMenu } from './context-menu.ts';
import { watchWindow } from './window-health.ts';
import type { Log } from '../../services/ports.ts';

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
    ...ownIcon(),
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
  offerContextMenu(window);
  window.loadURL(startAddress).catch((cause: unknown) => log.error('the page did not load', cause));
  return window;
}

/** Linux takes a window's icon from an installed package alone; where it is started from a folder, from here. */
function ownIcon(): { icon?: string } {
  if (process.platform !== 'linux') return {};
  const places = [
    join(process.resourcesPath, 'icon.png'),
    join(import.meta.dirname, '../../../build/icons/256x256.png'),
  ];
  const icon = places.find((place) => existsSync(place));
  return icon === undefined ? {} : { icon };
}
