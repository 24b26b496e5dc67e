import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import type { SettingsStore, SettingsStoreOptions } from '../../services/files/settings-file.ts';

export function openElectronStore(options: SettingsStoreOptions): SettingsStore {
  const store = new ElectronStore<Record<string, unknown>>({ ...options, name: 'settings' });
  // The library listens for a renderer that asks for the data folder; only the dispatcher may answer one.
  ipcMain.removeAllListeners('electron-store-get-data');
  return store;
}
