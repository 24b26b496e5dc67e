import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { accountInput, guardedErrors, id, instant, snapshotHead } from '../base.ts';

export const mfaDeviceSchema = z.strictObject({
  id,
  name: z.string().max(200),
  type: z.enum(['totp', 'hotp']),
  /** Null where the service does not tell. */
  createdAt: instant.nullable(),
  /** Null for never; left out where the service does not tell. */
  lastUsedAt: instant.nullable().optional(),
});

/** A key pair of a device or a security key that signs in without a password (WebAuthn). */
export const passkeySchema = mfaDeviceSchema.pick({ id: true, name: true, createdAt: true });

export const recoveryCodesStateSchema = z.strictObject({
  /** Both null where the service tells only with the codes. */
  total: z.number().int().nonnegative().nullable(),
  remaining: z.number().int().nonnegative().nullable(),
  /** Null where the service does not tell. */
  createdAt: instant.nullable(),
});

export const mfaStatusSchema = z.strictObject({
  ...snapshotHead,
  isOn: z.boolean(),
  /** The account must have it on: it cannot be turned off, and sign-in leads here first. */
  isForced: z.boolean(),
  devices: z.array(mfaDeviceSchema).max(50),
  passkeys: z.array(passkeySchema).max(50),
  /** Null while there is no set. */
  recoveryCodes: recoveryCodesStateSchema.nullable(),
  /** The service tells nobody whether it is on, nor of devices and passkeys: the rest says nothing. */
  isUntold: z.literal(true).optional(),
  /** Ways of enrolling that this provider offers; empty where it has no MFA. */
  offers: z.array(z.enum(['enrolment', 'typed-secret'])).max(2),
});

/** What an authenticator app needs (RFC 4226, RFC 6238; Key URI Format). */
export const otpParametersSchema = z.strictObject({
  type: z.enum(['totp', 'hotp']),
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
  digits: z.number().int().min(6).max(8),
  /** Seconds; TOTP only. */
  period: z.number().int().min(1).max(3_600).nullable(),
  /** First counter; HOTP only. */
  counter: z.number().int().nonnegative().nullable(),
});

/** The enrolment secret, shown once: Base32 without padding, and the same as otpauth link. */
export const otpSecretSchema = z.strictObject({
  secret: z.string().max(200),
  link: z.string().max(2_000),
  parameters: otpParametersSchema,
});

export const enrolmentSchema = z.strictObject({
  enrolment: id,
  /** By this computer's clock. */ expiresAt: instant,
  otp: otpSecretSchema,
});

/** What a typed code is, judged before it is sent (X1). */
export const codeDiagnosisSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('right') }),
  /** Right for another moment: negative seconds mean that the device which made it is behind. */
  z.strictObject({ kind: z.literal('other-moment'), seconds: z.number().int() }),
  z.strictObject({ kind: z.literal('wrong') }),
  /** Not as many digits as asked for: `digits`. */
  z.strictObject({ kind: z.literal('incomplete'), digits: z.number().int() }),
]);

/** In the order that screen, file and paper number them. */
export const recoveryCodesSchema = z.strictObject({
  /** Empty for one that was used, where the service shows it no more. */
  codes: z.array(z.strictObject({ code: z.string().max(40), isUsed: z.boolean() })).max(50),
  /** Null where the service does not tell. */
  createdAt: instant.nullable(),
});

export type MfaStatus = z.infer<typeof mfaStatusSchema>;
export type MfaDevice = z.infer<typeof mfaDeviceSchema>;
export type OtpSecret = z.infer<typeof otpSecretSchema>;
export type OtpParameters = z.infer<typeof otpParametersSchema>;
export type Enrolment = z.infer<typeof enrolmentSchema>;
export type CodeDiagnosis = z.infer<typeof codeDiagnosisSchema>;
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

export const mfa = {
  status: call(accountInput, mfaStatusSchema),
  /** Begins; what was begun before and not confirmed is void. */
  beginEnrolment: call(accountInput, enrolmentSchema, guardedErrors),
  /**
   * Judges a code here, against the server's time; never sends it. Of an enrolment, or of a typed secret (C5). Fails
   * with `not-found`: enrolment gone; `invalid-request`: field `secret`.
   */
  diagnoseCode: call(
    z.union([
      z.strictObject({ enrolment: id, code: z.string().max(40) }),
      z.strictObject({
        accountId: id,
        secret: z.string().max(200),
        parameters: otpParametersSchema,
        code: z.string().max(40),
      }),
    ]),
    codeDiagnosisSchema,
    ['invalid-request'],
  ),
  /**
   * Turns it on. A code that is not right by `diagnoseCode` is not sent: invalid-request, field `code`. Gives the first
   * set of recovery codes where the account had none. Fails with `unauthenticated`: wrong-code.
   */
  confirmEnrolment: call(
    z.strictObject({ enrolment: id, code: z.string().min(1).max(40), name: z.string().max(200) }),
    z.strictObject({ status: mfaStatusSchema, recoveryCodes: recoveryCodesSchema.nullable() }),
    [...guardedErrors, 'invalid-request'],
  ),
  /** Forgets the secret here. */
  cancelEnrolment: call(z.strictObject({ enrolment: id }), z.strictObject({})),
  /**
   * Names an authenticator app or a passkey otherwise; an empty name removes it. Fails with `invalid-request`: field
   * `name`, as where another one has it.
   */
  renameDevice: call(z.strictObject({ accountId: id, deviceId: id, name: z.string().max(200) }), mfaStatusSchema, [
    ...guardedErrors,
    'invalid-request',
  ]),
  /** Fails with `forbidden`: a forced account. */
  removeDevice: call(z.strictObject({ accountId: id, deviceId: id }), mfaStatusSchema, guardedErrors),
  turnOff: call(accountInput, mfaStatusSchema, guardedErrors),
  /** A secret for C5; characters of Base32: 16, 26 or 32. */
  generateSecret: call(
    z.strictObject({ length: z.union([z.literal(16), z.literal(26), z.literal(32)]) }),
    z.strictObject({ secret: z.string() }),
  ),
  /**
   * What an authenticator scans for a typed secret; drawn locally, sent nowhere. A pasted otpauth link is taken as
   * well, with its own parameters. Fails with `invalid-request`: field `secret`.
   */
  describeSecret: call(
    z.strictObject({ accountId: id, secret: z.string().max(2_000), parameters: otpParametersSchema }),
    otpSecretSchema,
    ['invalid-request'],
  ),
  /**
   * Gives the provider a typed secret (C5), proved by a code of it. Fails with `invalid-request`: field `secret`,
   * `code`.
   */
  useSecret: call(
    z.strictObject({
      accountId: id,
      secret: z.string().max(200),
      parameters: otpParametersSchema,
      code: z.string().min(1).max(40),
      name: z.string().max(200),
    }),
    z.strictObject({ status: mfaStatusSchema, recoveryCodes: recoveryCodesSchema.nullable() }),
    [...guardedErrors, 'invalid-request'],
  ),
  changed: event(mfaStatusSchema),
};

export const recoveryCodes = {
  show: call(accountInput, recoveryCodesSchema, guardedErrors),
  /** The old set is void at once. */
  renew: call(accountInput, recoveryCodesSchema, guardedErrors),
  /** Asks where to and writes the numbered list. `file` is null if the person cancelled. */
  save: call(
    z.strictObject({ accountId: id }),
    z.strictObject({ file: z.string().max(4_096).nullable() }),
    guardedErrors,
  ),
};
