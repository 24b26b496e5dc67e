import { demoEmail, type Preset } from './preset.ts';

/** After Wasabi's control accounts: an account owner's "My Profile" (features W*). */
export const controlAccount: Preset = {
  id: 'control-account',
  name: 'Control account',
  policies: {
    password: {
      minLength: 12,
      maxLength: 128,
      characterGroups: 0,
      forbidsPersonalInformation: true,
      otherSessions: 'choose',
    },
    lockOut: { tries: 5, seconds: 900 },
    reauthWindowSeconds: 900,
    session: { idleSeconds: 86_400, absoluteSeconds: 172_800 },
  },
  reauth: { isGivenBySignIn: true, isNeededToEditProfile: false },
  mfa: { offers: ['enrolment'], hasRecoveryCodes: true },
  apiKey: { style: 'named', permission: 'API Key Manage', canExpire: true },
  notifications: { permission: 'Notifications Edit' },
  accessKeys: null,
  identityKeys: { permission: null, limit: 10_000 },
  workplace: null,
  identities: { permission: 'Users Edit' },
  deletion: { ownerRole: 'Account Owner' },
  roles: ['Account Owner', 'Administrator', 'Billing', 'Viewer'],
  fields: {
    user: { role: { permission: 'Role Change' }, company: 'set-by-provider' },
    contact: {},
  },
  demo: {
    permissions: ['Notifications Edit', 'API Key Manage'],
    triesToo: ['Role Change'],
    user: {
      firstName: 'Mara',
      lastName: 'Lindqvist',
      username: 'mara.lindqvist',
      role: 'Administrator',
      company: 'Nordlicht Storage',
    },
    contact: {
      email: demoEmail,
      phone: '+46 8 123 456 78',
      addressLine1: 'Skeppsbron 24',
      addressLine2: '3rd floor',
      city: 'Stockholm',
      state: '',
      postalCode: '111 30',
      country: 'SE',
    },
    registeredDaysAgo: 1_134,
  },
};
