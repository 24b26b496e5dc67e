import { loadTexts } from '../lib/i18n/language.ts';

// A test draws one component, without the page that brings its texts along.
await loadTexts(
  'account',
  'account-menu',
  'activity',
  'api-calls',
  'connect',
  'emails',
  'applications',
  'hand-off',
  'linked-accounts',
  'ssh-keys',
  'key-make',
  'key-problems',
  'offline',
  'profile-update',
  'program-keys',
  'security',
  'sessions',
  'sign-in',
  'transfer',
  'vault',
);
