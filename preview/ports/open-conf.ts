import Conf from 'conf';
import type { SettingsStore, SettingsStoreOptions } from '../../electron/services/files/settings-file.ts';

export function openConf(options: SettingsStoreOptions): SettingsStore {
  return new Conf<Record<string, unknown>>({
    ...options,
    configName: 'settings',
    projectName: 'profile-desk',
    projectSuffix: '',
  });
}
