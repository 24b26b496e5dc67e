import * as z from 'zod';

const instant = z.iso.datetime();
const text = z.string();
const name = text.max(1_000);
const code = text.min(1).max(40);
const whole = z.int().nonnegative();

export const mfaStatusSchema = z
  .strictObject({
    isOn: z.boolean(),
    /** The account must have it on and cannot turn it off. */
    isForced: z.boolean(),
    devices: z.array(
      z.strictObject({
        id: text,
        name: text,
        type: z.enum(['totp', 'hotp']),
        createdAt: instant,
        lastUsedAt: instant.nullable(),
      }),
    ),
    /** Null while there is no set. */
    recoveryCodes: z.strictObject({ total: whole, remaining: whole, createdAt: instant }).nullable(),
    /** Ways of adding a device here. */
    offers: z.array(z.enum(['enrolment', 'typed-secret'])),
  })
  .meta({ id: 'MfaStatus' });
export type MfaStatus = z.infer<typeof mfaStatusSchema>;

export const enrolmentSchema = z
  .strictObject({
    enrolment: text,
    /** 160 bits in Base32, without padding; shown only now. */
    secret: text,
    /** Key URI Format: what the QR code holds. */
    link: text,
    algorithm: z.literal('SHA1'),
    digits: whole,
    /** Seconds. */
    period: whole,
    expiresAt: instant,
  })
  .meta({ id: 'MfaEnrolment' });
export type EnrolmentAnswer = z.infer<typeof enrolmentSchema>;

export const confirmSchema = z
  .strictObject({ enrolment: text.min(1).max(100), code, name })
  .meta({ id: 'MfaConfirmation' });

export const enrolledSchema = z
  .strictObject({
    status: mfaStatusSchema,
    /** The first set, in order; null where there was one, or where this server has none. */
    recoveryCodes: z.array(text).nullable(),
  })
  .meta({ id: 'MfaEnrolled' });
export type Enrolled = z.infer<typeof enrolledSchema>;

export const typedSecretSchema = z
  .strictObject({
    /** Base32 without spaces: exactly 16, 26 or 32 characters. */
    secret: text.max(200),
    type: z.enum(['totp', 'hotp']),
    /** Seconds; TOTP only. */
    period: z.int().min(1).max(3_600).optional(),
    /** The counter of the next code; HOTP only. */
    counter: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER - 1_000)
      .optional(),
    name,
    code,
  })
  .meta({ id: 'TypedMfaSecret' });
export type TypedSecret = z.infer<typeof typedSecretSchema>;
