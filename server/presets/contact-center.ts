import type { FieldRule } from '../accounts/field-access.ts';
import { demoEmail, type Preset } from './preset.ts';

const withEditRight: FieldRule = { permission: 'My Account Page Edit' };

/** After NICE CXone's "My Account": an agent whose edits hang on named permissions (features C*). */
export const contactCenter: Preset = {
  id: 'contact-center',
  name: 'Contact center',
  policies: {
    password: {
      minLength: 8,
      maxLength: 64,
      characterGroups: 3,
      forbidsPersonalInformation: true,
      otherSessions: 'choose',
    },
    lockOut: { tries: 5, seconds: 900 },
    reauthWindowSeconds: 600,
    session: { idleSeconds: 86_400, absoluteSeconds: 172_800 },
  },
  reauth: { isGivenBySignIn: false, isNeededToEditProfile: false },
  mfa: { offers: ['typed-secret'], hasRecoveryCodes: false },
  apiKey: null,
  notifications: null,
  accessKeys: { permission: 'Access Key Create', canExpire: true, limit: 10 },
  workplace: {
    editPermission: 'My Account Page Edit',
    dialingPermission: 'Default Dialing Pattern Edit',
    dialingPatterns: [
      { id: 'north-america', name: 'North America' },
      { id: 'united-kingdom', name: 'United Kingdom' },
      { id: 'international', name: 'International' },
    ],
    wfmPermission: 'WFM Notifications',
  },
  identityKeys: null,
  identities: { permission: 'Users Edit' },
  deletion: null,
  roles: ['Agent', 'Supervisor', 'Manager', 'Administrator'],
  fields: {
    user: {
      firstName: withEditRight,
      lastName: withEditRight,
      username: 'set-by-provider',
      role: { permission: 'Users Edit' },
      company: 'set-by-provider',
    },
    contact: {
      email: withEditRight,
      phone: withEditRight,
      addressLine1: withEditRight,
      addressLine2: withEditRight,
      city: withEditRight,
      state: withEditRight,
      postalCode: withEditRight,
      country: withEditRight,
    },
  },
  demo: {
    permissions: ['My Account Page Edit', 'Access Key Create', 'WFM Notifications'],
    user: {
      firstName: 'Daniel',
      lastName: 'Okafor',
      username: 'daniel.okafor',
      role: 'Agent',
      company: 'Brightline Support',
    },
    contact: {
      email: demoEmail,
      phone: '+1 206 555 0142',
      addressLine1: '1201 3rd Avenue',
      addressLine2: 'Suite 2200',
      city: 'Seattle',
      state: 'WA',
      postalCode: '98101',
      country: 'US',
    },
    registeredDaysAgo: 412,
  },
};
