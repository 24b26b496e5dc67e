import type { FieldAccess, ProfileSnapshot } from '../../shared/contract/account/profile.ts';
import { emptyValues, fillFields, mapFields, profileFields } from '../../shared/profile-fields.ts';
import type { Operation } from '../../shared/contract/account/operations.ts';
import { nextSequence } from './next-sequence.ts';

const editable: FieldAccess = { kind: 'editable' };
const providerSets: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

/** What every service of the samples does. */
const common = {
  'profile.update': editable,
  'email.change': editable,
  'password.change': editable,
  'mfa.enrol': editable,
  'mfa.useSecret': editable,
  'mfa.removeDevice': editable,
  'mfa.turnOff': editable,
  'recoveryCodes.show': editable,
  'recoveryCodes.renew': editable,
  'sessions.close': editable,
  'sessions.closeOthers': editable,
} satisfies Partial<Record<Operation, FieldAccess>>;

type Sections = ProfileSnapshot['sections'];

const noWorkplace: Sections['workplace'] = {
  revision: '',
  values: mapFields(profileFields.workplace, emptyValues),
  access: fillFields(profileFields.workplace, absent),
  choices: { dialingPattern: [] },
};

const noMore: Sections['more'] = { fields: [], groups: [], values: {}, access: {}, revision: '' };

const notifications: Sections['notifications'] = {
  revision: 'n1',
  values: {
    quotaAlerts: true,
    thresholds: [
      { percent: 80, byMail: true },
      { percent: 95, byMail: false },
    ],
    dailyReport: false,
    sentTo: 'mara@nordlicht.example',
  },
  access: { quotaAlerts: editable, thresholds: editable, dailyReport: editable, sentTo: providerSets },
};

/** A person at a provider that locks the role (a permission) and the company (always). */
export function sampleProfile(accountId: string): ProfileSnapshot {
  return {
    accountId,
    source: 'provider',
    takenAt: '2026-03-01T09:30:00.000Z',
    sequence: nextSequence(),
    offers: ['identity-keys', 'account-deletion'],
    operations: {
      ...common,
      'sshKeys.add': editable,
      'sshKeys.remove': editable,
      'sshKeys.verify': editable,
      'deletion.remove': editable,
    },
    sections: {
      user: {
        revision: 'u1',
        values: {
          ...mapFields(profileFields.user, emptyValues),
          firstName: 'Mara',
          lastName: 'Lindqvist',
          username: 'mara.lindqvist',
          role: 'Administrator',
          company: 'Nordlicht Storage',
          registeredAt: '2023-01-22T08:00:00.000Z',
        },
        access: {
          ...fillFields(profileFields.user, editable),
          role: { kind: 'needs-permission', permission: 'Role Change' },
          company: providerSets,
          registeredAt: providerSets,
        },
        choices: {
          role: ['Account Owner', 'Administrator', 'Billing', 'Viewer'].map((role) => ({ id: role, name: role })),
        },
      },
      workplace: structuredClone(noWorkplace),
      notifications: structuredClone(notifications),
      contact: {
        revision: 'c1',
        values: {
          ...mapFields(profileFields.contact, emptyValues),
          email: 'mara@nordlicht.example',
          phone: '+46 8 123 456 78',
          addressLine1: 'Skeppsbron 24',
          addressLine2: '3rd floor',
          city: 'Stockholm',
          state: '',
          postalCode: '111 30',
          country: 'SE',
        },
        access: fillFields(profileFields.contact, editable),
      },
      avatar: { revision: 'a1', values: { image: null }, access: { image: editable } },
      more: structuredClone(noMore),
    },
  };
}

/** The same person at a contact center that has WFM and lets everything be edited but the dialing pattern. */
export function sampleAgent(accountId: string): ProfileSnapshot {
  const { sections, ...rest } = sampleProfile(accountId);
  const { user, contact, avatar } = sections;
  return {
    ...rest,
    offers: ['access-keys', 'identities'],
    operations: {
      ...common,
      'accessKeys.create': editable,
      'linkedAccounts.link': editable,
      'linkedAccounts.unlink': editable,
    },
    sections: {
      user,
      workplace: {
        revision: 'w1',
        values: { dialingPattern: 'united-kingdom', wfmNotifications: false, wfmInterval: 10 },
        access: {
          dialingPattern: { kind: 'needs-permission', permission: 'Default Dialing Pattern Edit' },
          wfmNotifications: editable,
          wfmInterval: editable,
        },
        choices: {
          dialingPattern: [
            { id: 'north-america', name: 'North America' },
            { id: 'united-kingdom', name: 'United Kingdom' },
            { id: 'international', name: 'International' },
          ],
        },
      },
      notifications: {
        ...notifications,
        access: fillFields(profileFields.notifications, absent),
      },
      contact,
      avatar,
      more: structuredClone(noMore),
    },
  };
}

/** A person at a service whose own pages do nearly everything: shown, and little to be changed here. */
export function sampleStaff(accountId: string, handedOff: readonly Operation[]): ProfileSnapshot {
  const { sections, ...rest } = sampleProfile(accountId);
  const { user, contact, avatar } = sections;
  const page: FieldAccess = { kind: 'hand-off', page: 'id.example.org', comesBack: true };
  const keepOnly = <A extends Record<string, FieldAccess>>(access: A, kept: Partial<A>) =>
    ({ ...Object.fromEntries(Object.keys(access).map((field) => [field, absent])), ...kept }) as A;
  return {
    ...rest,
    offers: handedOff.includes('deletion.remove') ? ['account-deletion'] : [],
    operations: Object.fromEntries(handedOff.map((operation) => [operation, page])),
    sections: {
      user: {
        ...user,
        values: { ...user.values, role: '', company: '', registeredAt: null },
        access: keepOnly(user.access, { firstName: providerSets, lastName: providerSets, username: providerSets }),
      },
      workplace: structuredClone(noWorkplace),
      notifications: sampleAgent(accountId).sections.notifications,
      contact: {
        ...contact,
        values: {
          ...mapFields(profileFields.contact, emptyValues),
          email: contact.values.email,
        },
        access: keepOnly(contact.access, { email: handedOff.includes('email.change') ? page : providerSets }),
      },
      avatar: { ...avatar, access: { image: absent } },
      more: structuredClone(noMore),
    },
  };
}
