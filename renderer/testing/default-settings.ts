import type { Settings } from '../../shared/contract/settings.ts';

/** What a person has who chose nothing. */
export const defaultSettings: Settings = {
  theme: 'system',
  lockAfterMinutes: null,
  takeKeysBackOnLock: true,
  activityLimit: 10_000,
  notifyOfNew: false,
};
