import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron';
import { nativeText } from '../services/core/native-text.ts';
import { keyStoreHelp, openExternalLink } from './window/external-links.ts';

/** The platform's own menu, with its own shortcuts. Developer tools are in no packaged build. */
export function setMenu(): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    viewMenu(),
    { role: 'windowMenu' },
    helpMenu(isMac),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function viewMenu(): MenuItemConstructorOptions {
  const devTools: MenuItemConstructorOptions[] = app.isPackaged ? [] : [{ role: 'toggleDevTools' }];
  // The role listens to "+", which wants Shift on many keyboards.
  const zoomInByEqual: MenuItemConstructorOptions = {
    role: 'zoomIn',
    accelerator: 'CommandOrControl+=',
    visible: false,
    acceleratorWorksWhenHidden: true,
  };
  const zoom: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    zoomInByEqual,
    { role: 'zoomOut' },
  ];
  return {
    label: nativeText('menu.view'),
    submenu: [
      { role: 'reload' },
      ...devTools,
      { type: 'separator' },
      ...zoom,
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
}

function helpMenu(isMac: boolean): MenuItemConstructorOptions {
  const about: MenuItemConstructorOptions[] = isMac ? [] : [{ type: 'separator' }, { role: 'about' }];
  return {
    role: 'help',
    submenu: [
      { label: nativeText('menu.aboutKeyStores'), click: () => void openExternalLink(keyStoreHelp) },
      { label: nativeText('menu.showLogFiles'), click: () => void shell.openPath(app.getPath('logs')) },
      ...about,
    ],
  };
}
