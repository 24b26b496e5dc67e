import { homedir } from 'node:os';
import { app, BrowserWindow, clipboard, ClipboardItem, dialog, Notification, safeStorage, shell } from 'electron';
import { createLocalPorts } from '../../services/create-local-ports.ts';
import type { Clock, FileStore, KeyWrapper, Log, Ports } from '../../services/ports.ts';
import { defaultPresetId } from '../../../shared/presets.ts';
import { release } from '../release.ts';
import { forkEmbeddedServer, forkKeyWorker } from './children.ts';
import { createDialogFilePicker } from './dialog-file-picker.ts';
import { createDialogOriginQuestion } from './dialog-origin-question.ts';
import { openElectronStore } from './open-electron-store.ts';
import { createSafeStorageKeyWrapper } from './safe-storage-key-wrapper.ts';
import { createSystemClipboard } from './system-clipboard.ts';
import { createSystemNotifier } from './system-notifier.ts';
import { createSystemBrowser } from './system-browser.ts';
import { keepWrappingKey, localStateIn } from './windows-wrapping-key.ts';

/** The ports in Electron. The data folder is laid out as in the browser shell. */
export function createPorts({ dataFolder, clock, log }: { dataFolder: string; clock: Clock; log: Log }): Ports {
  const local = createLocalPorts({
    ...{ dataFolder, clock, log, preset: defaultPresetId },
    openSettingsStore: openElectronStore,
    startKeyWorker: forkKeyWorker,
    forkEmbeddedServer,
  });
  return {
    ...local,
    shell: 'electron',
    version: app.getVersion(),
    ...(release && { release }),
    keyWrapper: createKeyWrapper(local.files, clock, log),
    restart() {
      app.relaunch();
      app.quit();
    },
    filePicker: createDialogFilePicker({
      dataFolder,
      dialog,
      findWindow: () => BrowserWindow.getFocusedWindow(),
      platform: process.platform,
      sshFolder: local.ssh.folder,
      homeFolder: homedir(),
    }),
    browser: createSystemBrowser(shell),
    originQuestion: createDialogOriginQuestion(dialog, () => BrowserWindow.getFocusedWindow()),
    clipboard: createSystemClipboard({
      clipboard,
      createItem: (payloads) => new ClipboardItem(payloads),
      platform: process.platform,
    }),
    notifier: createSystemNotifier(Notification, (content) => new Notification(content), clock),
  };
}

function createKeyWrapper(files: FileStore, clock: Clock, log: Log): KeyWrapper {
  const keyWrapper = createSafeStorageKeyWrapper(safeStorage, process.platform);
  if (process.platform !== 'win32') return keyWrapper;
  return keepWrappingKey(keyWrapper, { localState: localStateIn(app.getPath('sessionData')), files, clock, log });
}
