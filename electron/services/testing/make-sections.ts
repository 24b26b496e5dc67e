import type { FieldAccess } from '../../../shared/contract/account/profile.ts';
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
  };
}

function makeUser(revision: string): ProfileSections['user'] {
  return {
    values: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      username: 'ada',
      role: 'Owner',
      company: '',
      registeredAt: null,
    },
    revision,
    access: {
      firstName: editable,
      lastName: editable,
      username: editable,
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
    values: {
      email: 'ada@example.org',
      phone: '',
      addressLine1: '',
      addressLine2: '',
      city,
      state: '',
      postalCode: '',
      country: 'DE',
    },
    revision,
    access: {
      email: editable,
      phone: editable,
      addressLine1: editable,
      addressLine2: editable,
      city: editable,
      state: editable,
      postalCode: editable,
      country: editable,
    },
  };
}
