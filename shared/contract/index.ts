import type { EventMap } from '../rpc/define.ts';
import { accessKeys } from './keys/access-keys.ts';
import { apiCalls } from './api-calls.ts';
import { apiKey } from './keys/api-key.ts';
import { app } from './app.ts';
import { applications } from './applications.ts';
import { auth } from './account/auth.ts';
import { clipboard } from './clipboard.ts';
import { activity } from './activity.ts';
import { accounts } from './account/accounts.ts';
import { deletion } from './account/deletion.ts';
import { demo } from './demo.ts';
import { drafts } from './drafts.ts';
import { emailChange } from './account/email-change.ts';
import { emails } from './account/emails.ts';
import { handOff } from './account/hand-off.ts';
import { linkedAccounts } from './account/linked-accounts.ts';
import { sshKeys } from './keys/ssh-keys.ts';
import { madeKeys } from './keys/made-keys.ts';
import { mfa, recoveryCodes } from './account/mfa.ts';
import { password } from './account/password.ts';
import { profile } from './account/profile.ts';
import { reauth } from './account/reauth.ts';
import { rotation } from './keys/rotation.ts';
import { sessions } from './account/sessions.ts';
import { settings } from './settings.ts';
import { transfer } from './transfer.ts';
import { vault } from './vault.ts';

/** THE table: every call and event between the renderer and the services. */
export const contract = {
  app,
  vault,
  settings,
  transfer,
  accounts,
  auth,
  profile,
  drafts,
  emailChange,
  emails,
  reauth,
  password,
  mfa,
  recoveryCodes,
  sessions,
  apiKey,
  accessKeys,
  rotation,
  sshKeys,
  madeKeys,
  clipboard,
  linkedAccounts,
  applications,
  handOff,
  apiCalls,
  activity,
  deletion,
  demo,
};
export type AppContract = typeof contract;

type AppEvents = EventMap<AppContract>;
/** Tells the screens of these events, e.g. `Emit<'sessions.changed'>`; of all if none is named. */
export type Emit<K extends keyof AppEvents = keyof AppEvents> = <C extends K>(
  channel: C,
  payload: AppEvents[C],
) => void;
