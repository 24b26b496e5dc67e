import * as z from 'zod';

const id = z.string().min(1).max(64);
/** In UTC, as the server's clock has it. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const count = z.int().min(0).max(1_000);

/** The longest window that we believe, seconds: a hostile server must not keep it open for ever. */
const longestWindow = 7 * 86_400;

export const remoteReauthSchema = z.object({
  validUntil: instant.nullable(),
  windowSeconds: z.int().min(1).max(longestWindow),
  proofs: z.array(z.string().max(40)).max(20),
});

/** The part of /meta that is about passwords. */
export const remotePasswordMetaSchema = z.object({
  /** Operation → `offered` or not. */
  capabilities: z.record(z.string().max(100), z.string().max(40)),
  policies: z.object({
    password: z.object({
      minLength: z.int().min(1).max(1_000),
      maxLength: z.int().min(1).max(10_000),
      characterGroups: z.int().min(0).max(4),
      forbidsPersonalInformation: z.boolean(),
      otherSessions: z.enum(['always-end', 'choose']),
    }),
  }),
});

export const remotePasswordChangeSchema = z.object({ otherSessionsEnded: z.int().nonnegative() });
export const remotePasswordResetSchema = z.object({ sentTo: z.string().max(500) });

export const remoteMfaSchema = z.object({
  isOn: z.boolean(),
  isForced: z.boolean(),
  devices: z
    .array(
      z.object({
        id,
        name: z.string().max(200),
        type: z.enum(['totp', 'hotp']),
        createdAt: instant,
        lastUsedAt: instant.nullable(),
      }),
    )
    .max(50),
  recoveryCodes: z.object({ total: count, remaining: count, createdAt: instant }).nullable(),
  offers: z.array(z.string().max(40)).max(20),
});

export const remoteEnrolmentSchema = z.object({
  enrolment: id,
  /** RFC 4648, section 6, without padding; up to 125 bytes. */
  secret: z.string().regex(/^[A-Z2-7]{16,200}$/),
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
  digits: z.int().min(6).max(8),
  period: z.int().min(1).max(3_600),
  expiresAt: instant,
});

export const remoteMfaChangeSchema = z.object({
  status: remoteMfaSchema,
  recoveryCodes: z.array(z.string().min(1).max(40)).min(1).max(50).nullable(),
});

export const remoteRecoveryCodesSchema = z.object({
  codes: z.array(z.object({ code: z.string().min(1).max(40), isUsed: z.boolean() })).max(50),
  createdAt: instant,
});

export type RemoteReauth = z.infer<typeof remoteReauthSchema>;
export type RemoteEnrolment = z.infer<typeof remoteEnrolmentSchema>;
export type RemoteMfa = z.infer<typeof remoteMfaSchema>;
export type RemoteMfaChange = z.infer<typeof remoteMfaChangeSchema>;
