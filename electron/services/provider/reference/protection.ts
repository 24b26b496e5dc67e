import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { MfaStatus, RecoveryCodes } from '../../../../shared/contract/account/mfa.ts';
import type { ReauthState } from '../../../../shared/contract/account/reauth.ts';
import { plainCharacters, withoutGrouping } from '../../../../shared/typed-text.ts';
import type {
  BegunEnrolment,
  MfaChange,
  MfaState,
  ReauthWindow,
  AccountMfa,
  TypedSecret,
  AccountProtection,
  Proof,
} from '../account-protection.ts';
import { type SignedSender, toSegment } from '../signed-sender.ts';

const id = z.string().min(1).max(64);
/** In UTC, as the server's clock has it. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const count = z.int().min(0).max(1_000);

/** The longest window that we believe, seconds: a hostile server must not keep it open for ever. */
const maxWindowSeconds = 7 * 86_400;

export const remoteReauthSchema = z.object({
  validUntil: instant.nullable(),
  windowSeconds: z.int().min(1).max(maxWindowSeconds),
  proofs: z.array(z.string().max(40)).max(20),
});

/** The part of /meta that is about passwords. */
const remotePasswordMetaSchema = z.object({
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

const remotePasswordChangeSchema = z.object({ otherSessionsEnded: z.int().nonnegative() });
const remotePasswordResetSchema = z.object({ sentTo: z.string().max(500) });

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

const remoteMfaChangeSchema = z.object({
  status: remoteMfaSchema,
  recoveryCodes: z.array(z.string().min(1).max(40)).min(1).max(50).nullable(),
});

const remoteRecoveryCodesSchema = z.object({
  codes: z.array(z.object({ code: z.string().min(1).max(40), isUsed: z.boolean() })).max(50),
  createdAt: instant,
});

type RemoteReauth = z.infer<typeof remoteReauthSchema>;
type RemoteEnrolment = z.infer<typeof remoteEnrolmentSchema>;
type RemoteMfa = z.infer<typeof remoteMfaSchema>;
type RemoteMfaChange = z.infer<typeof remoteMfaChangeSchema>;

/** `now` and the server's times are of the same clock, the server's. */
export function toWindow({ validUntil, windowSeconds, proofs }: RemoteReauth, now: number): ReauthWindow {
  const left = validUntil === null ? 0 : Date.parse(validUntil) - now;
  const known = keep(proofs, proofKinds);
  return {
    remaining: clamp(left, windowSeconds * 1_000),
    windowSeconds,
    proofs: known.length > 0 ? known : ['password'],
  };
}

export function toMfaState({ offers, isOn, isForced, devices, recoveryCodes }: RemoteMfa): MfaState {
  return { isOn, isForced, devices, passkeys: [], recoveryCodes, offers: keep(offers, offerKinds) };
}

export function toMfaChange({ status, recoveryCodes }: RemoteMfaChange, now: number): MfaChange {
  const createdAt = status.recoveryCodes?.createdAt ?? new Date(now).toISOString();
  const codes: RecoveryCodes | null = recoveryCodes && {
    codes: recoveryCodes.map((code) => ({ code, isUsed: false })),
    createdAt,
  };
  return { state: toMfaState(status), recoveryCodes: codes };
}

export function toEnrolment(
  { enrolment, secret, algorithm, digits, period, expiresAt }: RemoteEnrolment,
  now: number,
): BegunEnrolment {
  const parameters = { type: 'totp' as const, algorithm, digits, period, counter: null };
  return { enrolment, secret, parameters, expiresIn: clamp(Date.parse(expiresAt) - now, maxEnrolmentMs) };
}

const proofKinds: ReauthState['proofs'] = ['password', 'code', 'recovery-code'];
const offerKinds: MfaStatus['offers'] = ['enrolment', 'typed-secret'];
/** Milliseconds for which a secret that nobody confirms is kept at most. */
const maxEnrolmentMs = 600_000;

/** What a newer server says beside that is left out. */
function keep<T extends string>(said: readonly string[], known: readonly T[]): T[] {
  return known.filter((each) => said.includes(each));
}

function clamp(milliseconds: number, limit: number): number {
  return Math.min(Math.max(milliseconds, 0), limit);
}

const mfa = { path: '/me/mfa', schema: remoteMfaSchema };
const recoveryCodes = { path: '/me/mfa/recovery-codes', schema: remoteRecoveryCodesSchema };
const noMfa = { isOn: false, isForced: false, devices: [], passkeys: [], recoveryCodes: null, offers: [] };

/**
 * None of these requests carries an Idempotency-Key: their answers hold secrets, and no server keeps such an answer.
 */
function createReferenceMfa(send: SignedSender, serverNow: () => Promise<number>): AccountMfa {
  return {
    async mfaStatus() {
      try {
        return toMfaState((await send({ method: 'GET', ...mfa })).body);
      } catch (error) {
        if (error instanceof AppError && (error.code === 'not-offered' || error.code === 'not-found')) return noMfa;
        throw error;
      }
    },
    async beginEnrolment() {
      return toEnrolment(
        (await send({ method: 'POST', path: '/me/mfa/totp', schema: remoteEnrolmentSchema })).body,
        await serverNow(),
      );
    },
    async confirmEnrolment(enrolment, code, name) {
      const body = { enrolment, code, name };
      return toMfaChange(
        (await send({ method: 'POST', path: '/me/mfa/totp/confirm', schema: remoteMfaChangeSchema, body })).body,
        await serverNow(),
      );
    },
    async useSecret(secret, code, name) {
      const body = { ...toRemoteSecret(secret), code, name };
      return toMfaChange(
        (await send({ method: 'PUT', path: '/me/mfa/secret', schema: remoteMfaChangeSchema, body })).body,
        await serverNow(),
      );
    },
    async removeDevice(deviceId) {
      return toMfaState(
        (await send({ method: 'DELETE', path: `/me/mfa/devices/${toSegment(deviceId)}`, schema: remoteMfaSchema }))
          .body,
      );
    },
    async turnOffMfa() {
      return toMfaState((await send({ method: 'DELETE', ...mfa })).body);
    },
    async recoveryCodes() {
      return (await send({ method: 'GET', ...recoveryCodes })).body;
    },
    async renewRecoveryCodes() {
      return (await send({ method: 'POST', ...recoveryCodes })).body;
    },
  };
}

/** This provider knows SHA-1 and six digits alone, as most authenticator apps do. */
function toRemoteSecret({ secret, parameters }: TypedSecret): object {
  const { type, algorithm, digits, period, counter } = parameters;
  if (algorithm !== 'SHA1')
    throw new AppError('invalid-request', { fields: { 'parameters.algorithm': { code: 'not-a-choice' } } });
  if (digits !== 6)
    throw new AppError('invalid-request', { fields: { 'parameters.digits': { code: 'not-a-choice' } } });
  return { secret, type, ...(period !== null && { period }), ...(counter !== null && { counter }) };
}

const reauth = { path: '/auth/reauth', schema: remoteReauthSchema };

/** `readClock` gives what the server's clock shows, if that is known well enough. */
export function createReferenceProtection(send: SignedSender, readClock: () => number | undefined): AccountProtection {
  async function serverNow(): Promise<number> {
    const known = readClock();
    if (known !== undefined) return known;
    await send({ method: 'GET', path: '/meta', schema: z.unknown() });
    const now = readClock();
    // An answer without a usable Date header; without the time no code can be judged.
    if (now === undefined) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
    return now;
  }

  return {
    serverNow,
    ...createReferenceMfa(send, serverNow),
    async reauthWindow() {
      return toWindow((await send({ method: 'GET', ...reauth })).body, await serverNow());
    },
    async reauthenticate(proof) {
      return toWindow((await send({ method: 'POST', ...reauth, body: toRemoteProof(proof) })).body, await serverNow());
    },
    async endReauth() {
      return toWindow((await send({ method: 'DELETE', ...reauth })).body, await serverNow());
    },
    async passwordPolicy() {
      const { capabilities, policies } = (
        await send({ method: 'GET', path: '/meta', schema: remotePasswordMetaSchema })
      ).body;
      if (capabilities['password.change'] !== 'offered') throw new AppError('not-offered');
      return policies.password;
    },
    async changePassword(change) {
      return (await send({ method: 'POST', path: '/me/password', schema: remotePasswordChangeSchema, body: change }))
        .body.otherSessionsEnded;
    },
    async requestPasswordReset() {
      return (await send({ method: 'POST', path: '/me/password-reset', schema: remotePasswordResetSchema })).body
        .sentTo;
    },
  };
}

/** A device's code is digits alone, 6 to 8 of them (RFC 4226, section 5.3); recovery codes here are longer. */
function toRemoteProof(proof: Proof): object {
  if (proof.kind === 'password') return { password: proof.password };
  const digits = withoutGrouping(proof.code);
  return /^\d{6,8}$/.test(digits) ? { code: digits } : { recoveryCode: plainCharacters(proof.code).trim() };
}
