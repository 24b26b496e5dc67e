import type { OtpParameters } from '../../../../../shared/contract/account/mfa.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { cleanShort } from '../../../core/clean-text.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { AccountMfa, MfaChange, MfaState } from '../../account-protection.ts';
import { toUtc } from '../../common/to-utc.ts';
import { hasGroup, hasNode, nodesNamed, type RemoteFlow } from '../flows/flow.ts';
import { serverNowOf } from '../session.ts';
import type { Settings } from '../settings.ts';
import { createKratosRecoveryCodes } from './recovery-codes.ts';

export interface MfaDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly settings: Settings;
}

/** Fixed there; the secret has 20 bytes. */
const parameters: OtpParameters = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null };
/** One a person, without a name. */
const deviceId = 'totp';
/** Milliseconds, where the form does not say when it ends. */
const usualFormMs = 600_000;

/** One authenticator app, and recovery codes, which are a second step of their own. */
export function createKratosMfa({ http, address, settings }: MfaDeps): AccountMfa {
  const codes = createKratosRecoveryCodes(settings);
  const mfaStatus = async () => toMfaState(await settings.read());

  /** Codes alone would go on being asked for at each sign-in. */
  async function turnOffMfa(): Promise<MfaState> {
    const form = await settings.read();
    if (hasNode(form, 'totp_unlink')) await settings.change({ method: 'totp', totp_unlink: true });
    if (hasNode(form, 'lookup_secret_disable')) await settings.change({ lookup_secret_disable: true });
    return mfaStatus();
  }

  /** With the first device, where the service has them: without any, a lost phone locks the person out. */
  async function makeFirstCodes(form: RemoteFlow): Promise<MfaChange> {
    const isFirst = hasGroup(form, 'lookup_secret') && !hasNode(form, 'lookup_secret_reveal');
    // The device counts already; a set can be made later too.
    const made = isFirst ? await codes.renewRecoveryCodes().catch(() => null) : null;
    return { state: await mfaStatus(), recoveryCodes: made };
  }

  return {
    mfaStatus,
    async beginEnrolment() {
      const form = await settings.read();
      const left = Date.parse(form.expires_at ?? '') - serverNowOf(http, address);
      const expiresIn = Number.isNaN(left) ? usualFormMs : Math.max(0, left);
      // The secret is one of this form alone, which is the enrolment.
      return { enrolment: form.id, secret: secretOf(form), parameters, expiresIn };
    },
    async confirmEnrolment(enrolment, code) {
      return makeFirstCodes(await settings.goOn(enrolment, { method: 'totp', totp_code: code }));
    },
    // It takes its own secrets alone.
    useSecret: () => Promise.reject(new AppError('not-offered')),
    async removeDevice(id) {
      if (id !== deviceId) throw new AppError('not-found');
      return turnOffMfa();
    },
    turnOffMfa,
    ...codes,
  };
}

/** Base32 without padding. Errors: AppError not-offered, where one is set up already or none may be. */
function secretOf(form: RemoteFlow): string {
  const secret = nodesNamed(form, 'totp_secret_key')[0]?.attributes.text?.context?.['secret'];
  if (secret === undefined) throw new AppError('not-offered');
  if (typeof secret !== 'string' || !/^[A-Z2-7]{16,200}$/.test(secret))
    throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
  return secret;
}

export function toMfaState(form: RemoteFlow): MfaState {
  const hasDevice = hasNode(form, 'totp_unlink');
  const hasCodes = hasNode(form, 'lookup_secret_reveal');
  return {
    isOn: hasDevice || hasCodes,
    isForced: false,
    devices: hasDevice ? [{ id: deviceId, name: '', type: 'totp', createdAt: null }] : [],
    passkeys: passkeysOf(form),
    // How many are left is told only with the codes themselves.
    recoveryCodes: hasCodes ? { total: null, remaining: null, createdAt: null } : null,
    offers: hasNode(form, 'totp_secret_key') ? ['enrolment'] : [],
  };
}

/** Made on its pages (`hand-off.ts`); each has a button to remove it. */
function passkeysOf(form: RemoteFlow): MfaState['passkeys'] {
  return nodesNamed(form, 'passkey_remove')
    .slice(0, 50)
    .flatMap(({ attributes: { value }, meta }) => {
      const { display_name: name, added_at: addedAt } = meta?.label?.context ?? {};
      if (typeof value !== 'string' || value === '' || value.length > 64) return [];
      const moment = typeof addedAt === 'string' ? Date.parse(addedAt) : undefined;
      return [{ id: value, name: typeof name === 'string' ? cleanShort(name, 200) : '', createdAt: toUtc(moment) }];
    });
}
