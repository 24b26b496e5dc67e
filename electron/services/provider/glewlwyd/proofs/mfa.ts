import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import * as z from 'zod';
import type { OtpParameters, RecoveryCodes } from '../../../../../shared/contract/account/mfa.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { cleanText } from '../../../core/clean-text.ts';
import type { AccountMfa, MfaState } from '../../account-protection.ts';
import { confirmOutcome } from '../../outcome.ts';
import { createAuthenticators, type AuthenticatorsDeps } from './authenticators.ts';
import { readPerson } from '../person/person.ts';
import { readPlugIns } from '../plug-ins.ts';
import { readScopes, type Scopes } from '../scopes.ts';

const remoteCodesSchema = z.array(z.string().min(1).max(40)).min(1).max(50);

/** Those of every scheme, as far as a person can choose them; the app has no use for others. */
const parameters: OtpParameters = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null };
/** Seconds; the server takes no more. */
const longestPeriod = 120;
/** Milliseconds for which a secret that nobody confirms is kept. */
const enrolmentMs = 600_000;

interface Pending {
  readonly enrolment: string;
  readonly authenticator: string;
  /** Base32 without padding. */
  readonly secret: string;
}

/** An authenticator app by scheme, and recovery codes of which the server tells nothing once they are made. */
export function createGlewlwydMfa(deps: AuthenticatorsDeps): AccountMfa {
  const { senders, server } = deps;
  const authenticators = createAuthenticators(deps);
  let pending: Pending | undefined;

  async function read(): Promise<Scopes> {
    const [{ scope }, { profileScope }] = await Promise.all([readPerson(senders.session), server.config.known()]);
    return readScopes(senders.session, profileScope, scope);
  }
  const mfaStatus = async () => toMfaState(await read());

  /** The first that the person has not set up: the server would replace another one at once. */
  async function findFree(): Promise<string> {
    const free = (await read()).authenticators.find(({ isRegistered }) => !isRegistered);
    if (!free) throw new AppError('not-offered');
    return free.name;
  }

  /** The server asks for no code before it counts, so it is judged here. */
  async function register(authenticator: string, secret: string, code: string, period: number) {
    const otp = new TOTP({ secret: Secret.fromBase32(secret), period });
    if (otp.validate({ token: code, timestamp: await server.now(), window: 1 }) === null)
      throw new AppError('unauthenticated', { reason: 'wrong-code' });
    await confirmOutcome(
      () => authenticators.register(authenticator, secret, period),
      async () => ((await authenticators.has(authenticator, secret)) ? true : undefined),
    );
    return { state: await mfaStatus(), recoveryCodes: null };
  }

  async function turnOff(isWanted: (name: string) => boolean): Promise<MfaState> {
    const own = (await read()).authenticators.filter(({ name, isRegistered }) => isRegistered && isWanted(name));
    for (const { name } of own) await authenticators.remove(name);
    return mfaStatus();
  }

  return {
    mfaStatus,
    async beginEnrolment() {
      const authenticator = await findFree();
      const secret = await authenticators.makeSecret(authenticator);
      pending = { enrolment: randomUUID(), authenticator, secret };
      return { enrolment: pending.enrolment, secret, parameters, expiresIn: enrolmentMs };
    },
    async confirmEnrolment(enrolment, code) {
      if (pending?.enrolment !== enrolment) throw new AppError('not-found');
      const { authenticator, secret } = pending;
      const change = await register(authenticator, secret, code, 30);
      pending = undefined;
      return change;
    },
    async useSecret({ secret, parameters: wanted }, code) {
      const period = periodOf(wanted);
      return register(await findFree(), secret, code, period);
    },
    removeDevice: (deviceId) => turnOff((name) => name === deviceId),
    turnOffMfa: () => turnOff(() => true),
    // Shown once, when they are made.
    recoveryCodes: () => Promise.reject(new AppError('not-offered')),
    async renewRecoveryCodes() {
      const { recoveryCodes: path } = await readPlugIns(senders.session);
      if (path === undefined) throw new AppError('not-offered');
      const request = { path: `${path}/reset-credentials-code`, schema: remoteCodesSchema };
      const { body } = await senders.session({ ...request, method: 'PUT' });
      return toRecoveryCodes(body, await server.now());
    },
  };
}

function toMfaState({ authenticators, profile }: Scopes): MfaState {
  const canEnrol = profile.isAvailable && authenticators.some(({ isRegistered }) => !isRegistered);
  const registered = authenticators.filter(({ isRegistered }) => isRegistered);
  return {
    isOn: registered.length > 0,
    isForced: false,
    devices: registered.map(({ name, displayName }) => ({
      ...{ id: name, name: displayName },
      // Whether it counts by time or by use is told with its secret alone.
      ...{ type: 'totp' as const, createdAt: null },
    })),
    passkeys: [],
    recoveryCodes: null,
    offers: canEnrol ? ['enrolment', 'typed-secret'] : [],
  };
}

/** What the server's schemes take. Errors: AppError invalid-request. */
function periodOf({ type, algorithm, digits, period }: OtpParameters): number {
  const refuse = (field: string) =>
    new AppError('invalid-request', { fields: { [`parameters.${field}`]: { code: 'not-a-choice' } } });
  if (type !== 'totp') throw refuse('type');
  if (algorithm !== 'SHA1') throw refuse('algorithm');
  if (digits !== 6) throw refuse('digits');
  if (period === null || period > longestPeriod) throw refuse('period');
  return period;
}

function toRecoveryCodes(codes: readonly string[], now: number): RecoveryCodes {
  return {
    codes: codes.map((code) => ({ code: cleanText(code), isUsed: false })),
    createdAt: new Date(now).toISOString(),
  };
}
