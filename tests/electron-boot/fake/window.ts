import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { BrowserWindow as RealWindow, BrowserWindowConstructorOptions, WebContents, WebFrameMain } from 'electron';
import { app } from './app.ts';
import { emitCancelable } from './cancelable.ts';
import { note } from './journal.ts';

export type FakeFrame = Pick<WebFrameMain, 'origin'>;
type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

export class FakeWebContents
  extends EventEmitter
  implements Pick<WebContents, 'reload' | 'send' | 'setWebRTCIPHandlingPolicy' | 'setWindowOpenHandler'>
{
  mainFrame: FakeFrame = { origin: 'null' };
  windowOpenHandler: WindowOpenHandler | undefined;
  webRtcPolicy = 'default';
  /** What the page's preload listens to. */
  readonly page = new EventEmitter();

  constructor() {
    super();
    app.emit('web-contents-created', {}, this);
  }
  reload(): void {
    note('webContents.reload');
  }
  send(channel: string, ...args: unknown[]): void {
    this.page.emit(channel, {}, ...structuredClone(args));
  }
  setWebRTCIPHandlingPolicy(policy: Parameters<WebContents['setWebRTCIPHandlingPolicy']>[0]): void {
    this.webRtcPolicy = policy;
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }
}

export const windows: BrowserWindow[] = [];

export class BrowserWindow
  extends EventEmitter
  implements Pick<RealWindow, 'focus' | 'isDestroyed' | 'isMinimized' | 'loadURL' | 'restore' | 'show'>
{
  readonly webContents = new FakeWebContents();
  readonly options: BrowserWindowConstructorOptions;
  #isDestroyed = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    if (typeof options.icon === 'string' && !existsSync(options.icon))
      throw new Error(`Failed to load image from path '${options.icon}'`);
    this.options = options;
    windows.push(this);
    note('new BrowserWindow', options);
  }

  loadURL(url: string): Promise<void> {
    note('window.loadURL', url);
    const { protocol, host } = new URL(url);
    this.webContents.mainFrame = { origin: `${protocol}//${host}` };
    setImmediate(() => this.emit('ready-to-show'));
    return Promise.resolve();
  }
  show(): void {
    note('window.show');
  }
  focus(): void {
    note('window.focus');
  }
  restore(): void {
    note('window.restore');
  }
  isMinimized = (): boolean => true;
  isDestroyed = (): boolean => this.#isDestroyed;

  /** A page may ask to stay; as in Electron it does, unless the event is prevented. Returns whether it closed. */
  close({ isPageDirty }: { isPageDirty: boolean }): boolean {
    if (isPageDirty && !emitCancelable(this.webContents, 'will-prevent-unload')) return false;
    this.#isDestroyed = true;
    windows.splice(windows.indexOf(this), 1);
    this.emit('closed');
    return true;
  }
}

app.closeWindows = () => windows.every((window) => window.close({ isPageDirty: false }));
