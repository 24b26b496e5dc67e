import type { FieldAccess } from '../../../shared/contract/account/profile.ts';
import { emptyValues, fillFields, mapFields, profileFields } from '../../../shared/profile-fields.ts';
import type { ProfileSections } from '../provider/provider.ts';

const editable: FieldAccess = { kind: 'editable' };

const setByProvider: FieldAccess = { kind: 'set-by-provider' };

const needs = (permission: string): FieldAccess => ({ kind: 'needs-permission', permission });

/** A complete profile for tests; `city` is what most of them change. */
export function makeSections(city = 'Ulm', revision = '"1"'): ProfileSections {
  return {
    user: makeUser(revision),
    workplace: makeWorkplace(revision),
    notifications: makeNotifications(revision),
    contact: makeContact(city, revision),
    avatar: { values: { image: null }, revision, access: { image: editable } },
    more: makeMore(revision),
  };
}

function makeUser(revision: string): ProfileSections['user'] {
  return {
    values: {
      ...mapFields(profileFields.user, emptyValues),
      firstName: 'Ada',
      lastName: 'Lovelace',
      username: 'ada',
      role: 'Owner',
    },
    revision,
    access: {
      ...fillFields(profileFields.user, editable),
      role: needs('Role Change'),
      company: setByProvider,
      registeredAt: setByProvider,
    },
    choices: { role: [{ id: 'Owner', name: 'Owner' }] },
  };
}

function makeWorkplace(revision: string): ProfileSections['workplace'] {
  return {
    values: { dialingPattern: 'international', wfmNotifications: true, wfmInterval: 10 },
    revision,
    access: {
      dialingPattern: needs('Default Dialing Pattern Edit'),
      wfmNotifications: editable,
      wfmInterval: editable,
    },
    choices: { dialingPattern: [{ id: 'international', name: 'International' }] },
  };
}

function makeNotifications(revision: string): ProfileSections['notifications'] {
  return {
    values: {
      quotaAlerts: true,
      thresholds: [{ percent: 80, byMail: true }],
      dailyReport: false,
      sentTo: 'ada@example.org',
    },
    revision,
    access: { quotaAlerts: editable, thresholds: editable, dailyReport: editable, sentTo: setByProvider },
  };
}

function makeContact(city: string, revision: string): ProfileSections['contact'] {
  return {
    values: { ...mapFields(profileFields.contact, emptyValues), email: 'ada@example.org', city, country: 'DE' },
    revision,
    access: fillFields(profileFields.contact, editable),
  };
}

function makeMore(revision: string): ProfileSections['more'] {
  const field = { help: '', isRequired: false, group: 'work', choices: [], limits: {} };
  return {
    fields: [
      { ...field, id: 'department', label: 'Department', kind: 'one-of', choices: [{ id: 'lab', name: 'Laboratory' }] },
      { ...field, id: 'languages', label: 'Languages', kind: 'list', limits: { maxCount: 3 } },
    ],
    groups: [{ id: 'work', heading: 'Work', description: 'Where you are found in the house' }],
    values: { department: 'lab', languages: ['en'] },
    revision,
    access: { department: editable, languages: editable },
  };
}
