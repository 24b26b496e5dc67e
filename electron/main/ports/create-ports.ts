import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, clipboard, ClipboardItem, dialog, Notification, safeStorage, shell } from 'electron';
import { createNodeFileStore } from '../../services/files/node-file-store.ts';
import { createSettingsFile } from '../../services/files/settings-file.ts';
import { createEmbeddedProvider } from '../../services/embedded/embedded-provider.ts';
import { findSsh } from '../../services/features/ssh-keys/find-ssh.ts';
import type { Clock, FileStore, KeyWrapper, Log, Ports } from '../../services/ports.ts';
import { defaultPresetId } from '../../../shared/presets.ts';
import { release } from '../release.ts';
import { forkEmbeddedServer, forkKeyWorker } from './children.ts';
import { createDialogFilePicker } from './dialog-file-picker.ts';
import { createDialogOriginQuestion } from './dialog-origin-question.ts';
import { createSafeStorageKeyWrapper } from './safe-storage-key-wrapper.ts';
import { createSystemClipboard } from './system-clipboard.ts';
import { createSystemNotifier } from './system-notifier.ts';
import { createSystemBrowser } from './system-browser.ts';
import { keepWrappingKey, localStateIn } from './windows-wrapping-key.ts';

/** Below the data folder: what is sealed, and the keys to it. */
export const storeName = 'store';

/** The ports in Electron. The data folder is laid out as in the browser shell. */
export function createPorts({ dataFolder, clock, log }: { dataFolder: string; clock: Clock; log: Log }): Ports {
  const files = createNodeFileStore(join(dataFolder, storeName), clock);
  const ssh = findSsh(forkKeyWorker);
  return {
    shell: 'electron',
    version: app.getVersion(),
    ...(release && { release }),
    keyWrapper: createKeyWrapper(files, clock, log),
    files,
    restart() {
      app.relaunch();
      app.quit();
    },
    settingsFile: createSettingsFile(dataFolder),
    filePicker: createDialogFilePicker({
      dialog,
      findWindow: () => BrowserWindow.getFocusedWindow(),
      platform: process.platform,
      sshFolder: ssh.folder,
      homeFolder: homedir(),
    }),
    ssh,
    browser: createSystemBrowser(shell),
    originQuestion: createDialogOriginQuestion(dialog, () => BrowserWindow.getFocusedWindow()),
    clipboard: createSystemClipboard({
      clipboard,
      createItem: (payloads) => new ClipboardItem(payloads),
      platform: process.platform,
    }),
    notifier: createSystemNotifier(Notification, (content) => new Notification(content), clock),
    embedded: createEmbeddedProvider({
      fork: forkEmbeddedServer,
      folder: join(dataFolder, 'embedded'),
      preset: defaultPresetId,
      clock,
      log,
    }),
    clock,
    log,
  };
}

function createKeyWrapper(files: FileStore, clock: Clock, log: Log): KeyWrapper {
  const keyWrapper = createSafeStorageKeyWrapper(safeStorage, process.platform);
  if (process.platform !== 'win32') return keyWrapper;
  return keepWrappingKey(keyWrapper, { localState: localStateIn(app.getPath('sessionData')), files, clock, log });
}
