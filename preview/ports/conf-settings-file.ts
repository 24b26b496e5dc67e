import Conf from 'conf';
import type { SettingsFile } from '../../electron/services/ports.ts';

/** `settings.json` in the data folder; a damaged one gives way to the defaults, since nothing but taste is in it. */
export function createConfSettingsFile(dataFolder: string): SettingsFile {
  const file = new Conf<Record<string, unknown>>({
    cwd: dataFolder,
    configName: 'settings',
    configFileMode: 0o600,
    clearInvalidConfig: true,
    projectName: 'profile-desk',
    projectSuffix: '',
  });
  return {
    read: () => file.store,
    write: (value) => {
      file.store = { ...value };
    },
  };
}
