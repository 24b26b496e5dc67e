import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountMfa, TypedSecret } from '../account-protection.ts';
import { toEnrolment, toMfaChange, toMfaState } from './map-protection.ts';
import {
  remoteEnrolmentSchema,
  remoteMfaChangeSchema,
  remoteMfaSchema,
  remoteRecoveryCodesSchema,
} from './protection.remote.ts';
import type { SignedSender } from './signed-sender.ts';
import { toSegment } from './to-segment.ts';

const mfa = { path: '/me/mfa', schema: remoteMfaSchema };
const recoveryCodes = { path: '/me/mfa/recovery-codes', schema: remoteRecoveryCodesSchema };
const noMfa = { isOn: false, isForced: false, devices: [], recoveryCodes: null, offers: [] };

/** None of these requests carries an Idempotency-Key: their answers hold secrets, and no server keeps such an answer. */
export function createReferenceMfa(send: SignedSender, serverNow: () => Promise<number>): AccountMfa {
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
