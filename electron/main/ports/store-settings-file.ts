import { join } from 'node:path';
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { leavePlainFile } from '../../services/files/plain-file.ts';
import type { SettingsFile } from '../../services/ports.ts';

/** `settings.json` in the data folder; a damaged one gives way to the defaults, since nothing but taste is in it. */
export function createStoreSettingsFile(dataFolder: string): SettingsFile {
  const path = join(dataFolder, 'settings.json');
  // At every turn: the library reads the file each time, and would follow what it finds there.
  leavePlainFile(path);
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: dataFolder,
    name: 'settings',
    configFileMode: 0o600,
    clearInvalidConfig: true,
  });
  // The library listens for a renderer that asks for the data folder; only the dispatcher may answer one.
  ipcMain.removeAllListeners('electron-store-get-data');
  return {
    read() {
      leavePlainFile(path);
      return store.store;
    },
    write(value) {
      leavePlainFile(path);
      store.store = { ...value };
    },
  };
}
