import { EventEmitter } from 'node:events';
import type {
  Clipboard,
  ClipboardItem as RealItem,
  Dialog,
  IpcMain,
  Menu as RealMenu,
  NativeTheme,
  Notification as RealNotification,
  Shell,
} from 'electron';
import { app } from './app.ts';
import { note } from './journal.ts';
import { checkRoles } from './roles.ts';

// The part of Electron that the main process uses; a name that is missing here fails the boot.
// What a member takes and gives is checked against electron.d.ts.

export { app, protocol } from './app.ts';
export { utilityProcess } from './fork.ts';
export { safeStorage } from './safe-storage.ts';
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

/** What the system tells of sleep and screen. */
export const powerMonitor = new EventEmitter();

/** The button that the next question gets. */
export const nextAnswer = { button: 0 };

function needReady(name: string): void {
  if (!app.isUp) throw new Error(`${name} can only be used after the app is ready`);
}

export const dialog = {
  /** Before Electron is ready Linux has no window for it, and the text goes where nobody looks. */
  showErrorBox(title: string, content: string): void {
    const isSeen = app.isUp || process.platform !== 'linux';
    note(isSeen ? 'dialog.showErrorBox' : 'stderr', { title, content });
  },
  showMessageBox(_window: unknown, options: Electron.MessageBoxOptions) {
    needReady('dialog.showMessageBox');
    note('dialog.showMessageBox', options);
    return Promise.resolve({ response: nextAnswer.button, checkboxChecked: false });
  },
  showMessageBoxSync(_window: unknown, options: Electron.MessageBoxSyncOptions): number {
    needReady('dialog.showMessageBoxSync');
    note('dialog.showMessageBoxSync', options);
    return nextAnswer.button;
  },
} satisfies Pick<Dialog, 'showErrorBox'> & Record<string, unknown>;

type Template = Parameters<typeof RealMenu.buildFromTemplate>[0];

export const Menu = {
  buildFromTemplate(template: Template) {
    needReady('Menu.buildFromTemplate');
    checkRoles(template);
    return { template, popup: (): void => note('menu.popup', template) };
  },
  setApplicationMenu: (menu: { readonly template: Template }): void => note('Menu.setApplicationMenu', menu.template),
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

/** How the desktop takes them: it says so later, and `isSupported` is true in any case. */
const notificationAnswer = process.env['FAKE_NOTIFICATIONS'] ?? 'show';

export class Notification extends EventEmitter implements Pick<RealNotification, 'show'> {
  static isSupported = (): boolean => true;
  readonly #content: unknown;
  constructor(content: Electron.NotificationConstructorOptions) {
    super();
    needReady('Notification');
    this.#content = content;
  }
  show(): void {
    note('notification.show', this.#content);
    if (notificationAnswer !== 'nothing') setTimeout(() => this.emit(notificationAnswer, {}), 5);
  }
}

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
