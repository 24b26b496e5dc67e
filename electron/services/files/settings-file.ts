import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingsFile } from '../ports.ts';
import { leavePlainFile } from './plain-file.ts';

/** Where the file is to be, and how: what electron-store and conf understand alike. */
export interface SettingsStoreOptions {
  readonly cwd: string;
  readonly configFileMode: number;
  readonly clearInvalidConfig: boolean;
}

export interface SettingsStore {
  store: Record<string, unknown>;
}

/** Opens `settings.json`: electron-store in Electron, conf, which it is made of, elsewhere. */
export type OpenSettingsStore = (options: SettingsStoreOptions) => SettingsStore;

/** `settings.json` in the data folder; a damaged one gives way to the defaults, since nothing but taste is in it. */
export function createSettingsFile(dataFolder: string, open: OpenSettingsStore): SettingsFile {
  const path = join(dataFolder, 'settings.json');
  // At every turn: the library reads the file each time, and would follow what it finds there.
  leavePlainFile(path);
  removeStrayFiles(dataFolder);
  const file = open({ cwd: dataFolder, configFileMode: 0o600, clearInvalidConfig: true });
  return {
    read() {
      leavePlainFile(path);
      return file.store;
    },
    write(value) {
      leavePlainFile(path);
      file.store = { ...value };
    },
  };
}

/** As the library names what it writes until that is whole. */
const strayPattern = /^settings\.json\.tmp-\d{10}[0-9a-f]{6}$/;

/** What a kill left half-written: the library looks after its own until its process ends. */
function removeStrayFiles(folder: string): void {
  try {
    for (const name of readdirSync(folder)) if (strayPattern.test(name)) unlinkSync(join(folder, name));
  } catch {
    // There is no folder yet, or it cannot be removed now: it is in nobody's way.
  }
}
