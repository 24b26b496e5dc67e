import type { Action } from './action.ts';
import { configureRecoveryCodes } from './configure-recovery-codes.ts';
import { configureTotp } from './configure-totp.ts';
import { deleteAccount, deleteCredential } from './delete-credential.ts';
import { linkProvider } from './link-provider.ts';
import { registerPasskey } from './register-passkey.ts';
import { updateEmail } from './update-email.ts';
import { updatePassword } from './update-password.ts';

/** By the name that `kc_action` has before its colon. */
export const actions: Readonly<Record<string, Action>> = {
  UPDATE_PASSWORD: updatePassword,
  CONFIGURE_TOTP: configureTotp,
  CONFIGURE_RECOVERY_AUTHN_CODES: configureRecoveryCodes,
  'webauthn-register-passwordless': registerPasskey,
  UPDATE_EMAIL: updateEmail,
  delete_credential: deleteCredential,
  idp_link: linkProvider,
  delete_account: deleteAccount,
};
