import { EventEmitter } from 'node:events';
import type {
  Clipboard,
  ClipboardItem as RealItem,
  Dialog,
  IpcMain,
  Menu as RealMenu,
  NativeTheme,
  Shell,
} from 'electron';
import { note } from './journal.ts';

// The part of Electron that the main process uses; a name that is missing here fails the boot.
// What a member takes and gives is checked against electron.d.ts.

export { app, protocol, safeStorage } from './app.ts';
export { utilityProcess } from './fork.ts';
export { session } from './session.ts';
export { BrowserWindow } from './window.ts';

type InvokeHandler = Parameters<IpcMain['handle']>[1];

class FakeIpcMain extends EventEmitter implements Pick<IpcMain, 'handle'> {
  readonly handlers = new Map<string, InvokeHandler>();
  handle(channel: string, handler: InvokeHandler): void {
    note('ipcMain.handle', channel);
    this.handlers.set(channel, handler);
  }
}
export const ipcMain = new FakeIpcMain();

/** The button that the next question gets. */
export const nextAnswer = { button: 0 };

export const dialog = {
  showErrorBox(title: string, content: string): void {
    note('dialog.showErrorBox', { title, content });
  },
  showMessageBox(_window: unknown, options: Electron.MessageBoxOptions) {
    note('dialog.showMessageBox', options);
    return Promise.resolve({ response: nextAnswer.button, checkboxChecked: false });
  },
  showMessageBoxSync(_window: unknown, options: Electron.MessageBoxSyncOptions): number {
    note('dialog.showMessageBoxSync', options);
    return nextAnswer.button;
  },
} satisfies Pick<Dialog, 'showErrorBox'> & Record<string, unknown>;

export const Menu = {
  buildFromTemplate: (template: Parameters<typeof RealMenu.buildFromTemplate>[0]) => template,
  setApplicationMenu: (template: unknown): void => note('Menu.setApplicationMenu', template),
};

type Payloads = ConstructorParameters<typeof RealItem>[0];

export class ClipboardItem {
  readonly payloads: Payloads;
  constructor(payloads: Payloads) {
    this.payloads = payloads;
  }
}

/** A clipboard that nobody else uses. It takes nothing but items. */
export const clipboard: Pick<Clipboard, 'readText' | 'clear'> & { write(items: readonly unknown[]): Promise<void> } = {
  write(items) {
    const [item] = items;
    if (items.length !== 1 || !(item instanceof ClipboardItem))
      return Promise.reject(new TypeError('write() takes one ClipboardItem'));
    note('clipboard.write', item.payloads);
    clipboardText.now = String(item.payloads['text/plain']);
    return Promise.resolve();
  },
  readText: () => Promise.resolve(clipboardText.now),
  clear() {
    clipboardText.now = '';
    note('clipboard.clear');
  },
};
/** What a person would paste. */
export const clipboardText = { now: '' };

/** A desktop that shows none. */
export const Notification = { isSupported: (): boolean => false };

/** A computer set to light colours. */
export const nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource'> = {
  themeSource: 'system',
  get shouldUseDarkColors() {
    return this.themeSource === 'dark';
  },
};

export const shell: Pick<Shell, 'openExternal' | 'openPath'> = {
  openExternal(url) {
    note('shell.openExternal', url);
    return Promise.resolve();
  },
  openPath(path) {
    note('shell.openPath', path);
    return Promise.resolve('');
  },
};
