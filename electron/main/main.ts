import { join } from 'node:path';
import { app, session, type BrowserWindow } from 'electron';
import { createSystemClock } from '../services/core/clock.ts';
import { nativeText, setNativeLanguage } from '../services/core/native-text.ts';
import { storeName } from '../services/create-local-ports.ts';
import { createServices } from '../services/create-services.ts';
import { explainStorageFault } from '../services/files/storage-fault.ts';
import { createFileLog } from '../services/log/file-log.ts';
import type { Log } from '../services/ports.ts';
import { UnseenLock } from '../services/unseen-lock.ts';
import { setAbout } from './about.ts';
import { registerAppScheme, serveRenderer } from './app-scheme.ts';
import { parseCommandLine } from './command-line.ts';
import { settleDataFolder } from './settle-data-folder.ts';
import { explainAndEnd, isOnlyEnding } from './explain-and-end.ts';
import { endWith, watchFaults } from './faults.ts';
import { bindIpc } from './ipc.ts';
import { lockEverything } from './lockdown.ts';
import { lockWithSystem } from './lock-with-system.ts';
import { setMenu } from './menu.ts';
import { createPorts } from './ports/create-ports.ts';
import { localStateIn, restoreWrappingKey } from './ports/windows-wrapping-key.ts';
import { closeBeforeQuit } from './quit.ts';
import { listRendererFiles } from '../services/page/renderer-files.ts';
import { followTheme } from './window/theme.ts';
import { reloadLocked } from './window/window-health.ts';
import { createWindow } from './window/window.ts';

// The boot order. Data folder, lock, sandbox, scheme and locks come before Electron is ready; the rest follows.

const clock = createSystemClock();
let window: BrowserWindow | undefined;
/** Opens the window; there once the services are. */
let show: (() => void) | undefined;
const couldNotStart = (): string => nativeText('app.couldNotStart');

function boot(dataFolder: string): void {
  const log = createFileLog({ folder: app.getPath('logs'), clock });
  watchFaults(log);
  if (process.platform === 'win32') putWrappingKeyBack(dataFolder, log);
  app.enableSandbox();
  // As in electron-builder.yml: Windows shows notifications under this name alone.
  app.setAppUserModelId('app.profiledesk.desktop');
  registerAppScheme();
  lockEverything();
  app.on('second-instance', comeToFront);
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app
    .whenReady()
    .then(() => (isOnlyEnding() ? undefined : open(dataFolder, log)))
    .catch((cause: unknown) => endWith(couldNotStart(), cause, log));
}

/** Where it cannot be put back, the vault may not open, and says so itself. */
function putWrappingKeyBack(dataFolder: string, log: Log): void {
  try {
    const isRestored = restoreWrappingKey(localStateIn(app.getPath('sessionData')), join(dataFolder, storeName));
    if (isRestored) log.warn("Chromium's key was put back");
  } catch (error) {
    log.error("Chromium's key was not put back", error);
  }
}

async function open(dataFolder: string, log: Log): Promise<void> {
  // In memory: the page leaves nothing on the disk, neither cookies nor storage nor a cache.
  const ownSession = session.fromPartition('renderer');
  serveRenderer(ownSession, listRendererFiles(join(import.meta.dirname, '../renderer')));
  setMenu();
  setAbout();
  const services = await createServices(createPorts({ dataFolder, clock, log }));
  const unseen = new UnseenLock(services, { clock, log });
  closeBeforeQuit({ keepTyped: () => unseen.keepTyped(), close: () => services.close() }, clock, log);
  bindIpc(services, log, () => window);
  await followTheme(services);
  lockWithSystem(services, log);
  show = () => {
    unseen.noteSeen();
    window = createWindow(ownSession, log);
    window.on('closed', () => {
      window = undefined;
      unseen.noteUnseen();
    });
    // Windows ends the app without asking it; what it copied must not stay, and what was typed must.
    window.on('query-session-end', () => void Promise.all([services.clearClipboard(), services.keepTyped()]));
  };
  show();
  services.onEvent(({ channel }) => void (channel === 'vault.locked' && window && reloadLocked(window)));
  app.on('activate', () => window ?? show?.());
  log.info('started', {
    version: app.getVersion(),
    electron: process.versions['electron'] ?? '',
    platform: process.platform,
  });
  // For npm start, which starts the browser shell where Electron breaks down before this; a person's start has no
  // channel.
  process.send?.({ kind: 'started' });
}

function comeToFront(): void {
  // macOS keeps the app without a window.
  if (!window) return show?.();
  if (window.isMinimized()) window.restore();
  window.focus();
}

function start(): void {
  setNativeLanguage(app.getPreferredSystemLanguages(), join(import.meta.dirname, 'locales'));
  if (process.platform === 'linux' && app.commandLine.hasSwitch('no-sandbox')) {
    // The processes of pages are begun without one then, whatever is asked for later.
    explainAndEnd(couldNotStart(), nativeText('app.noSandbox'));
    return;
  }
  try {
    const dataFolder = settleDataFolder(parseCommandLine(process.argv.slice(1)).dataFolder);
    // Not `quit`, which would have Electron get ready first.
    if (app.requestSingleInstanceLock()) boot(dataFolder);
    else app.exit(0);
  } catch (cause) {
    const why = explainStorageFault(cause, app.getPath('userData'));
    explainAndEnd(couldNotStart(), nativeText('app.dataFolderUnusable', { why }));
  }
}

start();
