import { settingsSchema, type Settings } from '../../../../shared/contract/settings.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { SettingsFile } from '../../ports.ts';
import { storedSettingsSchema } from './settings.stored.ts';

const defaults: Settings = {
  theme: 'system',
  lockAfterMinutes: null,
  takeKeysBackOnLock: true,
  activityLimit: 10_000,
  notifyOfNew: false,
};

export interface SettingsDeps {
  readonly file: SettingsFile;
  readonly emit: Emit<'settings.changed'>;
  /** What follows from another limit of activity. Errors: AppError storage-fault, key-store-unavailable. */
  readonly onLimitChanged: () => Promise<void>;
}

/** One that cannot be read is its default again: settings are no data of the person. */
export function readSettings(file: Pick<SettingsFile, 'read'>): Settings {
  const stored = storedSettingsSchema.safeParse(file.read());
  return stored.success ? settingsSchema.parse({ ...defaults, ...withoutUndefined(stored.data) }) : defaults;
}

export function createSettingsService(deps: SettingsDeps): Handlers<AppContract>['settings'] {
  const { file, emit, onLimitChanged } = deps;
  return {
    get: () => readSettings(file),
    async update(changes) {
      const before = readSettings(file);
      const next: Settings = { ...before, ...withoutUndefined(changes) };
      try {
        file.write(next);
      } catch (error) {
        throw new AppError('storage-fault', {}, error);
      }
      emit('settings.changed', next);
      if (next.activityLimit !== before.activityLimit) await onLimitChanged();
      return next;
    },
  };
}

function withoutUndefined(changes: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Partial<Settings> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
