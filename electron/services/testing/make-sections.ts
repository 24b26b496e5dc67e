import type { FieldAccess } from '../../../shared/contract/profile.ts';
import type { ProfileSections } from '../providers/provider.ts';

const editable: FieldAccess = { kind: 'editable' };

/** A complete profile for tests; `city` is what most of them change. */
export function makeSections(city = 'Ulm', revision = '"1"'): ProfileSections {
  const contact = {
    email: 'ada@example.org',
    phone: '',
    addressLine1: '',
    addressLine2: '',
    city,
    state: '',
    postalCode: '',
    country: 'DE',
  };
  const user = {
    firstName: 'Ada',
    lastName: 'Lovelace',
    username: 'ada',
    role: 'Owner',
    company: '',
    registeredAt: null,
  };
  return {
    user: {
      values: user,
      revision,
      access: {
        firstName: editable,
        lastName: editable,
        username: editable,
        role: { kind: 'needs-permission', permission: 'Role Change' },
        company: { kind: 'set-by-provider' },
        registeredAt: { kind: 'set-by-provider' },
      },
      choices: { role: [{ id: 'Owner', name: 'Owner' }] },
    },
    workplace: {
      values: { dialingPattern: 'international', wfmNotifications: true, wfmInterval: 10 },
      revision,
      access: {
        dialingPattern: { kind: 'needs-permission', permission: 'Default Dialing Pattern Edit' },
        wfmNotifications: editable,
        wfmInterval: editable,
      },
      choices: { dialingPattern: [{ id: 'international', name: 'International' }] },
    },
    notifications: {
      values: {
        quotaAlerts: true,
        thresholds: [{ percent: 80, byMail: true }],
        dailyReport: false,
        sentTo: 'ada@example.org',
      },
      revision,
      access: {
        quotaAlerts: editable,
        thresholds: editable,
        dailyReport: editable,
        sentTo: { kind: 'set-by-provider' },
      },
    },
    contact: {
      values: contact,
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
    },
    avatar: { values: { image: null }, revision, access: { image: editable } },
  };
}
