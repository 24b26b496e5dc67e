import { emptyValues, fillFields, mapFields, profileFields } from '../../../../shared/profile-fields.ts';
import type { ProfileSections } from '../provider.ts';

// What stands in a profile for the sections that its provider does not have.

const notOffered = { kind: 'not-offered' } as const;

export const absentNotifications: ProfileSections['notifications'] = {
  values: mapFields(profileFields.notifications, emptyValues),
  access: fillFields(profileFields.notifications, notOffered),
  revision: '',
};

export const absentWorkplace: ProfileSections['workplace'] = {
  values: mapFields(profileFields.workplace, emptyValues),
  access: fillFields(profileFields.workplace, notOffered),
  revision: '',
  choices: { dialingPattern: [] },
};

export const absentMore: ProfileSections['more'] = { fields: [], groups: [], values: {}, access: {}, revision: '' };
