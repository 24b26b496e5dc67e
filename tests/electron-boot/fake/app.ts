import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { AboutPanelOptionsOptions, App, Protocol } from 'electron';
import packageJson from '../../../package.json' with { type: 'json' };
import { emitCancelable } from './cancelable.ts';
import { journal, note } from './journal.ts';

type AppParts = { readonly commandLine: Pick<App['commandLine'], 'appendSwitch' | 'hasSwitch'> } & Pick<
  App,
  | 'enableSandbox'
  | 'exit'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'quit'
  | 'relaunch'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setAppLogsPath'
  | 'setAppUserModelId'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>;

/** What the parent sets before the start. */
const settings = {
  userData: process.env['FAKE_USER_DATA'] ?? '',
  isPackaged: process.env['FAKE_PACKAGED'] === '1',
  throwsEarly: process.env['FAKE_THROWS_EARLY'] === '1',
  isSecondCopy: process.env['FAKE_SECOND_COPY'] === '1',
  languages: (process.env['FAKE_LANGUAGES'] ?? '').split(' '),
  switches: new Set((process.env['FAKE_SWITCHES'] ?? '').split(' ')),
};

class FakeApp extends EventEmitter implements AppParts {
  readonly isPackaged = settings.isPackaged;
  /** Ends the windows when the app quits; set by the fake of BrowserWindow. Returns false if a page held it up. */
  closeWindows: () => boolean = () => true;
  /** What Electron still does at a clean end. */
  beforeExit: () => void = () => undefined;
  isUp = false;
  getPreferredSystemLanguages = (): string[] => settings.languages;
  isReady = (): boolean => this.isUp;
  readonly #paths = new Map([['userData', settings.userData]]);
  readonly #ready: Promise<void>;

  constructor() {
    super();
    this.#ready = new Promise((resolve) => {
      setTimeout(() => {
        this.isUp = true;
        note('app ready');
        this.emit('ready');
        resolve();
      }, 20);
    });
  }

  whenReady(): Promise<void> {
    // Once the main script listens for errors, and before anything is ready.
    if (settings.throwsEarly)
      process.nextTick(() => {
        throw new Error('before it was ready');
      });
    settings.throwsEarly = false;
    return this.#ready;
  }

  enableSandbox(): void {
    if (this.isUp) throw new Error('app.enableSandbox() can only be called before app is ready');
    note('app.enableSandbox');
    // As in Electron: the switch goes, though what was started without a sandbox stays so.
    settings.switches.delete('no-sandbox');
  }

  requestSingleInstanceLock(): boolean {
    note('app.requestSingleInstanceLock', { folder: this.getPath('userData') });
    return !settings.isSecondCopy;
  }

  /** Chromium reads its switches when it starts. */
  readonly commandLine = {
    hasSwitch: (name: string): boolean => settings.switches.has(name),
    appendSwitch: (name: string, value?: string): void => {
      if (this.isUp) throw new Error(`too late for --${name}`);
      note('app.commandLine.appendSwitch', { name, value });
    },
  };

  #name: string = packageJson.productName;
  getName = (): string => this.#name;
  setName(name: string): void {
    note('app.setName', name);
    this.#name = name;
  }
  getVersion = (): string => '9.8.7';

  getPath(name: string): string {
    if (name === 'logs') return this.#paths.get('logs') ?? join(this.getPath('userData'), 'logs');
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    note('app.setPath', { name, path });
    this.#paths.set(name, path);
  }

  setAboutPanelOptions(options: AboutPanelOptionsOptions): void {
    note('app.setAboutPanelOptions', options);
  }

  setAppUserModelId(id: string): void {
    note('app.setAppUserModelId', id);
  }

  setAppLogsPath(path?: string): void {
    this.#paths.set('logs', path ?? join(this.getPath('userData'), 'logs'));
  }

  relaunch(): void {
    note('app.relaunch');
  }

  /**
   * As documented: before-quit, then the windows close, then will-quit; each may call it off. Before it is ready,
   * Electron gets ready first.
   */
  quit(): void {
    note('app.quit');
    void this.#ready.then(() => {
      if (emitCancelable(this, 'before-quit')) return;
      if (!this.closeWindows()) return;
      if (!emitCancelable(this, 'will-quit')) this.exit(0);
    });
  }

  /** At once, also before it is ready. */
  exit(code = 0): void {
    note('app.exit', { code });
    this.beforeExit();
    process.send?.({ ended: code, journal }, () => process.exit(code));
  }
}

export const app = new FakeApp();

export const protocol: Pick<Protocol, 'registerSchemesAsPrivileged'> = {
  registerSchemesAsPrivileged(schemes) {
    if (app.isUp) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    note('protocol.registerSchemesAsPrivileged', schemes);
  },
};
