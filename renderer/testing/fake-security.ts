import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type {
  CodeDiagnosis,
  MfaStatus,
  OtpParameters,
  OtpSecret,
  RecoveryCodes,
} from '../../shared/contract/account/mfa.ts';
import type { PasswordPolicy } from '../../shared/contract/account/password.ts';
import type { ReauthState } from '../../shared/contract/account/reauth.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import { headOf, nextSequence } from './next-sequence.ts';

const { reauth, password, mfa, recoveryCodes } = contract;
export const securityContract = { reauth, password, mfa, recoveryCodes };
type SecurityContract = typeof securityContract;

export interface FakeFrame {
  /** Notes what was asked, waits or throws as a test has set it, else gives the value. */
  answer<T>(channel: string, input: unknown, value: () => T): Promise<T>;
  emit<K extends keyof EventMap<SecurityContract> & string>(channel: K, payload: EventMap<SecurityContract>[K]): void;
}

/** 160 bits, as RFC 4226 recommends. */
export const sampleSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const authenticator: OtpParameters = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null };
const codes = [
  'K7QF-2MXA',
  'P3WD-9RTC',
  'H8NB-4VYE',
  'T2GJ-6KSA',
  'B9XM-3PQD',
  'W4RC-7HFN',
  'D6YT-8BGK',
  'M3AV-5JWX',
  'Q9KP-2CNR',
  'F7SE-4TDH',
];

/**
 * Password, MFA, recovery codes and re-authentication as the screens see them; `123456` is the right code, `right` the
 * password.
 */
export class FakeSecurity {
  policy: PasswordPolicy = {
    minLength: 8,
    maxLength: 128,
    characterGroups: 3,
    forbidsPersonalInformation: true,
    otherSessions: 'choose',
  };
  /** Whether sensitive acts ask for a proof first. */
  asksForProof = false;
  validUntil: string | null = null;
  /** Of a session that a proof makes longer. */
  sessionEndsAt: string | null = null;
  isOn = false;
  isForced = false;
  /** The service tells nobody whether it is on. */
  isUntold = false;
  offers: MfaStatus['offers'] = ['enrolment'];
  devices: MfaStatus['devices'] = [];
  passkeys: MfaStatus['passkeys'] = [];
  issued: RecoveryCodes | null = null;
  /** How many codes are left is told with the codes alone. */
  tellsCodesAlone = false;
  /** Where the person has the codes written; null for a cancelled choice. */
  file: string | null = '/home/mara/recovery-codes.txt';
  readonly #frame: FakeFrame;

  constructor(frame: FakeFrame) {
    this.#frame = frame;
  }

  /** As after an enrolment some time ago, with so many codes used. */
  turnOn(used = 0): void {
    this.isOn = true;
    this.devices = [
      {
        id: 'd1',
        name: 'Phone',
        type: 'totp',
        createdAt: '2026-01-12T08:00:00.000Z',
        lastUsedAt: '2026-03-01T07:45:00.000Z',
      },
    ];
    this.issued = issue(used);
  }

  statusOf(accountId: string, sequence = nextSequence()): MfaStatus {
    const { isOn, isForced, devices, passkeys, offers, issued } = this;
    const remaining = issued?.codes.filter(({ isUsed }) => !isUsed).length ?? 0;
    const counts = this.tellsCodesAlone
      ? { total: null, remaining: null }
      : { total: issued?.codes.length ?? 0, remaining };
    const recoveryCodes = issued && { ...counts, createdAt: issued.createdAt };
    const untold = this.isUntold && { isUntold: true as const };
    return { ...headOf(accountId, sequence), isOn, isForced, devices, passkeys, offers, recoveryCodes, ...untold };
  }

  reauthState(accountId: string, sequence = nextSequence()): ReauthState {
    return {
      ...headOf(accountId, sequence),
      validUntil: this.validUntil,
      windowSeconds: 600,
      proofs: this.isOn ? ['password', 'code', 'recovery-code'] : ['password'],
      sessionEndsAt: this.sessionEndsAt,
    };
  }

  #sensitive<T>(channel: string, input: unknown, value: () => T): Promise<T> {
    return this.#frame.answer(channel, input, () => {
      if (this.asksForProof && !this.validUntil) throw new AppError('reauth-required');
      return value();
    });
  }

  #prove(accountId: string, isRight: boolean, reason: 'wrong-credentials' | 'wrong-code'): ReauthState {
    if (!isRight) throw new AppError('unauthenticated', { reason });
    this.validUntil = new Date(Date.now() + 600_000).toISOString();
    this.sessionEndsAt &&= new Date(Date.now() + 86_400_000).toISOString();
    return this.reauthState(accountId);
  }

  #add(accountId: string, name: string, type: 'totp' | 'hotp', code: string) {
    if (diagnose(code).kind !== 'right')
      throw new AppError('invalid-request', { fields: { code: { code: 'not-valid' } } });
    const isFirst = !this.issued;
    this.issued ??= issue(0);
    this.isOn = true;
    this.devices = [
      ...this.devices,
      {
        id: `d${String(this.devices.length + 1)}`,
        name,
        type,
        createdAt: '2026-03-01T09:31:00.000Z',
        lastUsedAt: null,
      },
    ];
    const status = this.statusOf(accountId);
    this.#frame.emit('mfa.changed', status);
    return { status, recoveryCodes: isFirst ? this.issued : null };
  }

  #remove(accountId: string, isKept: (id: string) => boolean): MfaStatus {
    if (this.isForced) throw new AppError('forbidden');
    this.devices = this.devices.filter(({ id }) => isKept(id));
    this.isOn = this.devices.length > 0;
    if (!this.isOn) this.issued = null;
    return this.statusOf(accountId);
  }

  #change(current: string, ended: number) {
    if (current !== 'right') throw new AppError('invalid-request', { fields: { current: { code: 'not-valid' } } });
    return { otherSessionsEnded: ended };
  }

  #show(): RecoveryCodes {
    if (!this.issued) throw new AppError('not-found');
    return this.issued;
  }

  readonly handlers: Handlers<SecurityContract> = {
    reauth: {
      status: (input) => {
        const asked = nextSequence();
        return this.#frame.answer('reauth.status', input, () => this.reauthState(input.accountId, asked));
      },
      prove: (input) =>
        this.#frame.answer('reauth.prove', input, () => {
          const { proof, accountId } = input;
          if (proof.kind === 'password') return this.#prove(accountId, proof.password === 'right', 'wrong-credentials');
          return this.#prove(accountId, proof.code === '123456' || codes.includes(proof.code), 'wrong-code');
        }),
      end: (input) =>
        this.#frame.answer('reauth.end', input, () => {
          this.validUntil = null;
          return this.reauthState(input.accountId);
        }),
    },
    password: {
      policy: (input) => this.#frame.answer('password.policy', input, () => this.policy),
      change: (input) =>
        this.#frame.answer('password.change', input, () => this.#change(input.current, input.endOtherSessions ? 2 : 0)),
      requestReset: (input) =>
        this.#frame.answer('password.requestReset', input, () => ({ sentTo: 'mara@nordlicht.example' })),
    },
    mfa: {
      status: (input) => {
        const asked = nextSequence();
        return this.#frame.answer('mfa.status', input, () => this.statusOf(input.accountId, asked));
      },
      beginEnrolment: (input) =>
        this.#sensitive('mfa.beginEnrolment', input, () => ({
          enrolment: 'e1',
          expiresAt: new Date(Date.now() + 600_000).toISOString(),
          otp: describe(sampleSecret, authenticator),
        })),
      diagnoseCode: (input) => this.#frame.answer('mfa.diagnoseCode', input, () => diagnose(input.code)),
      confirmEnrolment: (input) =>
        this.#sensitive('mfa.confirmEnrolment', input, () => this.#add('c1', input.name, 'totp', input.code)),
      cancelEnrolment: (input) => this.#frame.answer('mfa.cancelEnrolment', input, () => ({})),
      renameDevice: (input) =>
        this.#frame.answer('mfa.renameDevice', input, () => {
          const rename = <T extends { id: string }>(list: T[]) =>
            list.map((each) => (each.id === input.deviceId ? { ...each, name: input.name } : each));
          [this.devices, this.passkeys] = [rename(this.devices), rename(this.passkeys)];
          return this.statusOf(input.accountId);
        }),
      removeDevice: (input) =>
        this.#sensitive('mfa.removeDevice', input, () => this.#remove(input.accountId, (id) => id !== input.deviceId)),
      turnOff: (input) => this.#sensitive('mfa.turnOff', input, () => this.#remove(input.accountId, () => false)),
      generateSecret: (input) =>
        this.#frame.answer('mfa.generateSecret', input, () => ({ secret: sampleSecret.slice(0, input.length) })),
      describeSecret: (input) =>
        this.#frame.answer('mfa.describeSecret', input, () => describe(input.secret, input.parameters)),
      useSecret: (input) =>
        this.#sensitive('mfa.useSecret', input, () =>
          this.#add(input.accountId, input.name, input.parameters.type, input.code),
        ),
    },
    recoveryCodes: {
      show: (input) => this.#sensitive('recoveryCodes.show', input, () => this.#show()),
      renew: (input) => this.#sensitive('recoveryCodes.renew', input, () => (this.issued = issue(0))),
      save: (input) => this.#frame.answer('recoveryCodes.save', input, () => ({ file: this.file })),
    },
  };
}

function issue(used: number): RecoveryCodes {
  return { codes: codes.map((code, index) => ({ code, isUsed: index < used })), createdAt: '2026-01-12T08:00:00.000Z' };
}

function diagnose(code: string): CodeDiagnosis {
  if (code.length !== 6) return { kind: 'incomplete', digits: 6 };
  if (code === '123456') return { kind: 'right' };
  return code === '111111' ? { kind: 'other-moment', seconds: -90 } : { kind: 'wrong' };
}

function describe(typed: string, given: OtpParameters): OtpSecret {
  const link = typed.startsWith('otpauth:') ? new URL(typed).searchParams : undefined;
  const parameters = link
    ? { ...given, digits: Number(link.get('digits') ?? 6), period: Number(link.get('period') ?? 30) }
    : given;
  const secret = (link?.get('secret') ?? typed).replace(/\s/g, '').toUpperCase();
  if (/[0189]/.test(secret))
    throw new AppError('invalid-request', { fields: { secret: { code: 'base32-look-alike' } } });
  if (![16, 26, 32].includes(secret.length))
    throw new AppError('invalid-request', { fields: { secret: { code: 'base32-length' } } });
  const moving =
    parameters.type === 'totp' ? `period=${String(parameters.period)}` : `counter=${String(parameters.counter)}`;
  const label = 'Control%20account:mara%40nordlicht.example';
  const uri = `otpauth://${parameters.type}/${label}?secret=${secret}&issuer=Control%20account&algorithm=${parameters.algorithm}&digits=${String(parameters.digits)}&${moving}`;
  return { secret, link: uri, parameters };
}
