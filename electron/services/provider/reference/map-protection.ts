import type { MfaStatus, RecoveryCodes } from '../../../../shared/contract/mfa.ts';
import type { ReauthState } from '../../../../shared/contract/reauth.ts';
import type { BegunEnrolment, MfaChange, MfaState, ReauthWindow } from '../account-protection.ts';
import type { RemoteEnrolment, RemoteMfa, RemoteMfaChange, RemoteReauth } from './protection.remote.ts';

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
  return { isOn, isForced, devices, recoveryCodes, offers: keep(offers, offerKinds) };
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
  return { enrolment, secret, parameters, expiresIn: clamp(Date.parse(expiresAt) - now, longestEnrolment) };
}

const proofKinds: ReauthState['proofs'] = ['password', 'code', 'recovery-code'];
const offerKinds: MfaStatus['offers'] = ['enrolment', 'typed-secret'];
/** Milliseconds for which a secret that nobody confirms is kept at most. */
const longestEnrolment = 600_000;

/** What a newer server says beside that is left out. */
function keep<T extends string>(said: readonly string[], known: readonly T[]): T[] {
  return known.filter((each) => said.includes(each));
}

function clamp(milliseconds: number, most: number): number {
  return Math.min(Math.max(milliseconds, 0), most);
}
