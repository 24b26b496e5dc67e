import { settingsSchema, type Settings } from '../../../../shared/contract/settings.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { SettingsFile } from '../../ports.ts';
import { storedSettingsSchema } from './settings.stored.ts';

const defaults: Settings = { theme: 'system', lockAfterMinutes: null, takeKeysBackOnLock: true };

export interface SettingsDeps {
  readonly file: SettingsFile;
  readonly emit: Emit<'settings.changed'>;
}

/** One that cannot be read is its default again: settings are no data of the person. */
export function readSettings(file: SettingsFile): Settings {
  const stored = storedSettingsSchema.safeParse(file.read());
  return stored.success ? settingsSchema.parse({ ...defaults, ...withoutUndefined(stored.data) }) : defaults;
}

export function createSettingsService({ file, emit }: SettingsDeps): Handlers<AppContract>['settings'] {
  return {
    get: () => readSettings(file),
    update(changes) {
      const next: Settings = { ...readSettings(file), ...withoutUndefined(changes) };
      try {
        file.write(next);
      } catch (error) {
        throw new AppError('storage-fault', {}, error);
      }
      emit('settings.changed', next);
      return next;
    },
  };
}

function withoutUndefined(changes: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Partial<Settings> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
