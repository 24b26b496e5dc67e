import type account from '../../../locales/en/account.json';
import type accountMenu from '../../../locales/en/account-menu.json';
import type activity from '../../../locales/en/activity.json';
import type apiCalls from '../../../locales/en/api-calls.json';
import type app from '../../../locales/en/app.json';
import type connect from '../../../locales/en/connect.json';
import type emails from '../../../locales/en/emails.json';
import type applications from '../../../locales/en/applications.json';
import type errors from '../../../locales/en/errors.json';
import type handOff from '../../../locales/en/hand-off.json';
import type linkedAccounts from '../../../locales/en/linked-accounts.json';
import type sshKeys from '../../../locales/en/ssh-keys.json';
import type keyMake from '../../../locales/en/key-make.json';
import type keyProblems from '../../../locales/en/key-problems.json';
import type offline from '../../../locales/en/offline.json';
import type profile from '../../../locales/en/profile.json';
import type profileUpdate from '../../../locales/en/profile-update.json';
import type programKeys from '../../../locales/en/program-keys.json';
import type security from '../../../locales/en/security.json';
import type sessions from '../../../locales/en/sessions.json';
import type signIn from '../../../locales/en/sign-in.json';
import type transfer from '../../../locales/en/transfer.json';
import type vault from '../../../locales/en/vault.json';
import type { KeyOf } from '../../../shared/i18n.ts';

/** The files of a language, by name. English is the one that is written first, so its texts are the types. */
interface Catalogue {
  readonly account: typeof account;
  readonly 'account-menu': typeof accountMenu;
  readonly activity: typeof activity;
  readonly 'api-calls': typeof apiCalls;
  readonly app: typeof app;
  readonly connect: typeof connect;
  readonly emails: typeof emails;
  readonly applications: typeof applications;
  readonly errors: typeof errors;
  readonly 'hand-off': typeof handOff;
  readonly 'linked-accounts': typeof linkedAccounts;
  readonly 'ssh-keys': typeof sshKeys;
  readonly 'key-make': typeof keyMake;
  readonly 'key-problems': typeof keyProblems;
  readonly offline: typeof offline;
  readonly profile: typeof profile;
  readonly 'profile-update': typeof profileUpdate;
  readonly 'program-keys': typeof programKeys;
  readonly security: typeof security;
  readonly sessions: typeof sessions;
  readonly 'sign-in': typeof signIn;
  readonly transfer: typeof transfer;
  readonly vault: typeof vault;
}

export type Part = keyof Catalogue;

/** A dotted path in the catalogue, e.g. `profile.title`. A wrong one does not compile. */
export type TextKey = { [P in Part]: KeyOf<Catalogue[P]> }[Part];
