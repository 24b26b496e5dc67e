import { join } from 'node:path';
import Conf from 'conf';
import { leavePlainFile } from './plain-file.ts';
import type { SettingsFile } from '../ports.ts';

/** `settings.json` in the data folder; a damaged one gives way to the defaults, since nothing but taste is in it. */
export function createSettingsFile(dataFolder: string): SettingsFile {
  const path = join(dataFolder, 'settings.json');
  // At every turn: the library reads the file each time, and would follow what it finds there.
  leavePlainFile(path);
  const file = new Conf<Record<string, unknown>>({
    cwd: dataFolder,
    configName: 'settings',
    configFileMode: 0o600,
    clearInvalidConfig: true,
    projectName: 'profile-desk',
    projectSuffix: '',
  });
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
