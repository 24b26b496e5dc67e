import { accessKeys } from './access-keys.ts';
import { apiCalls } from './api-calls.ts';
import { apiKey } from './api-key.ts';
import { app } from './app.ts';
import { auth } from './auth.ts';
import { clipboard } from './clipboard.ts';
import { connections } from './connections.ts';
import { deletion } from './deletion.ts';
import { demo } from './demo.ts';
import { emailChange } from './email-change.ts';
import { identities } from './identities.ts';
import { identityKeys } from './identity-keys.ts';
import { mfa, recoveryCodes } from './mfa.ts';
import { password } from './password.ts';
import { profile } from './profile.ts';
import { reauth } from './reauth.ts';
import { rotation } from './rotation.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';

/** THE table: every call and event between the renderer and the services. */
export const contract = {
  app,
  settings,
  connections,
  auth,
  profile,
  emailChange,
  reauth,
  password,
  mfa,
  recoveryCodes,
  sessions,
  apiKey,
  accessKeys,
  rotation,
  identityKeys,
  clipboard,
  identities,
  apiCalls,
  deletion,
  demo,
};
export type AppContract = typeof contract;
