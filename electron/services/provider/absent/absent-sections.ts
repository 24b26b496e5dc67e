import type { FieldAccess, Notifications, Workplace } from '../../../../shared/contract/account/profile.ts';
import type { ProfileSections } from '../provider.ts';

// What stands in a profile for the sections that its provider does not have.

export const absentNotifications: ProfileSections['notifications'] = absent<Notifications>({
  quotaAlerts: false,
  thresholds: [],
  dailyReport: false,
  sentTo: '',
});

export const absentWorkplace: ProfileSections['workplace'] = {
  ...absent<Workplace>({ dialingPattern: '', wfmNotifications: false, wfmInterval: 0 }),
  choices: { dialingPattern: [] },
};

function absent<T extends object>(values: T) {
  const access = Object.fromEntries(Object.keys(values).map((field) => [field, { kind: 'not-offered' }]));
  return { values, access: access as { [F in keyof T]: FieldAccess }, revision: '' };
}
