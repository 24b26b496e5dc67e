import type { MfaStatus, OtpParameters, RecoveryCodes } from '../../../shared/contract/account/mfa.ts';
import type { PasswordPolicy } from '../../../shared/contract/account/password.ts';
import type { ReauthState } from '../../../shared/contract/account/reauth.ts';
import type { SnapshotHead } from '../core/snapshot-heads.ts';

/** What an account offers to protect itself. */
export interface AccountProtection extends AccountReauth, AccountPassword, AccountMfa {
  /** Milliseconds since the epoch by the provider's clock; asks it if that is not known well enough. */
  serverNow(): Promise<number>;
}

/** Proving again who one is (E12). */
export interface AccountReauth {
  reauthWindow(): Promise<ReauthWindow>;
  /** Opens the window. Errors: unauthenticated (wrong-credentials, wrong-code), rate-limited (locked-out). */
  reauthenticate(proof: Proof): Promise<ReauthWindow>;
  endReauth(): Promise<ReauthWindow>;
}

export interface AccountPassword {
  passwordPolicy(): Promise<PasswordPolicy>;
  /** Gives how many other sessions ended. Errors: invalid-request (`current`, `next`), rate-limited (locked-out). */
  changePassword(change: PasswordChange): Promise<number>;
  /** Gives the address that the mail goes to, as far as the provider shows it. */
  requestPasswordReset(): Promise<string>;
}

/** MFA devices and recovery codes. */
export interface AccountMfa {
  /** An account without any MFA at its provider has a status too: one that offers nothing. */
  mfaStatus(): Promise<MfaState>;
  /** Voids what was begun before. Errors: reauth-required, not-offered. */
  beginEnrolment(): Promise<BegunEnrolment>;
  /** `code` in digits alone. Errors: not-found (void or too old), unauthenticated (wrong-code). */
  confirmEnrolment(enrolment: string, code: string, name: string): Promise<MfaChange>;
  /** Errors: reauth-required, not-offered, invalid-request (`secret`, `code`, `name`). */
  useSecret(secret: TypedSecret, code: string, name: string): Promise<MfaChange>;
  /** Errors: reauth-required, forbidden (a forced account), not-found. */
  removeDevice(deviceId: string): Promise<MfaState>;
  turnOffMfa(): Promise<MfaState>;
  /** Errors: reauth-required, not-found (there is no set). */
  recoveryCodes(): Promise<RecoveryCodes>;
  renewRecoveryCodes(): Promise<RecoveryCodes>;
}

/** Names of authenticator apps and passkeys, where a service lets them be changed. */
export interface AccountDeviceNames {
  /** Empty for none. Errors: invalid-request (`name`), not-found, forbidden (permission). */
  renameDevice(deviceId: string, name: string): Promise<MfaState>;
}

export interface ReauthWindow {
  /** Milliseconds from now until it closes, however wrong the clocks are; 0 while it is closed. */
  readonly remaining: number;
  /** Length of a new one. */
  readonly windowSeconds: number;
  readonly proofs: ReauthState['proofs'];
  /** Milliseconds from now until the session ends, where a proof makes it longer and the provider says so. */
  readonly sessionLeft?: number;
}

/** A code is one of a device or a recovery code; the provider's part tells them apart. */
export type Proof =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'code'; readonly code: string };

interface PasswordChange {
  readonly current: string;
  readonly next: string;
  readonly endOtherSessions: boolean;
}

export type MfaState = Omit<MfaStatus, keyof SnapshotHead>;

export interface BegunEnrolment {
  readonly enrolment: string;
  /** Base32 without padding. */
  readonly secret: string;
  readonly parameters: OtpParameters;
  /** Milliseconds from now. */
  readonly expiresIn: number;
}

export interface TypedSecret {
  /** Base32 without padding. */
  readonly secret: string;
  readonly parameters: OtpParameters;
}

export interface MfaChange {
  readonly state: MfaState;
  /** The first set, shown only now; null if there was one before. */
  readonly recoveryCodes: RecoveryCodes | null;
}
