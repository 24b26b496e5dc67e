import { demoEmail, type Preset } from './preset.ts';

/** After elastic.io's "User Profile Information": a developer without a postal address (features E*). */
export const platform: Preset = {
  id: 'platform',
  name: 'Integration platform',
  policies: {
    password: {
      minLength: 8,
      maxLength: 128,
      characterGroups: 3,
      forbidsPersonalInformation: false,
      otherSessions: 'always-end',
    },
    lockOut: { tries: 5, seconds: 900 },
    reauthWindowSeconds: 21_600,
    session: { idleSeconds: 86_400, absoluteSeconds: 172_800 },
  },
  reauth: { isGivenBySignIn: true, isNeededToEditProfile: true },
  mfa: { offers: ['enrolment'], hasRecoveryCodes: true },
  apiKey: { style: 'replace', permission: 'workspaces.apikey.edit', canExpire: false },
  notifications: null,
  accessKeys: null,
  identityKeys: { permission: 'global.sshkey.edit', limit: 10_000 },
  workplace: null,
  identities: { permission: 'Users Edit' },
  deletion: { ownerRole: 'Owner' },
  roles: ['Member', 'Integrator', 'Owner'],
  fields: {
    user: {
      username: 'set-by-provider',
      role: { permission: 'contracts.membership.edit' },
      company: 'set-by-provider',
    },
    contact: {
      addressLine1: 'not-offered',
      addressLine2: 'not-offered',
      city: 'not-offered',
      state: 'not-offered',
      postalCode: 'not-offered',
    },
  },
  demo: {
    permissions: ['workspaces.apikey.edit', 'global.sshkey.edit'],
    user: {
      firstName: 'Yuki',
      lastName: 'Tanaka',
      username: 'yuki.tanaka',
      role: 'Integrator',
      company: 'Hafenwerk Integrations',
    },
    contact: {
      email: demoEmail,
      phone: '+49 30 1234567',
      addressLine1: '',
      addressLine2: '',
      city: '',
      state: '',
      postalCode: '',
      country: 'DE',
    },
    registeredDaysAgo: 768,
  },
};
