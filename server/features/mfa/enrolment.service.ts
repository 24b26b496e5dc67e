import { Secret, TOTP } from 'otpauth';
import type { Clock } from '../../clock.ts';
import { instant } from '../../http/instant.ts';
import { Problem } from '../../http/problem.ts';
import type { Preset } from '../../presets/preset.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import type { Session } from '../../accounts/session.ts';
import { checkText } from '../../accounts/field-checks.ts';
import type { DevicesStore, NewDevice } from '../../proofs/devices.store.ts';
import type { EnrolmentsStore } from './enrolments.store.ts';
import type { Enrolled, EnrolmentAnswer, TypedSecret } from './mfa.schemas.ts';
import type { MfaService } from './mfa.service.ts';
import { algorithm, defaultPeriod, digits, findCounter } from '../../proofs/one-time-codes.ts';

export interface EnrolmentDeps {
  readonly accounts: AccountsStore;
  readonly devices: DevicesStore;
  readonly enrolments: EnrolmentsStore;
  readonly mfa: MfaService;
  readonly preset: Preset;
  readonly clock: Clock;
}

/** Bytes: as long as the hash, as RFC 4226, 4 (R6) recommends. */
const secretLength = 20;
const maxDevices = 20;
/** Code points. */
const maxNameLength = 100;
const defaultName = 'Authenticator app';
/** The lengths that contact centers take (C5). */
const typedSecret = /^(?:[A-Z2-7]{16}|[A-Z2-7]{26}|[A-Z2-7]{32})$/;

/** The ways in which a device joins: only with a code that proves it works. Errors: Problem. */
export function createEnrolmentService({ accounts, devices, enrolments, mfa, preset, clock }: EnrolmentDeps) {
  return {
    /** Errors: forbidden. */
    begin(accountId: string): EnrolmentAnswer {
      if (devices.list(accountId).length >= maxDevices)
        throw new Problem('forbidden', { detail: `No more than ${String(maxDevices)} devices` });
      const secret = new Secret({ size: secretLength });
      const { email } = accounts.readContact(accountId);
      const link = new TOTP({
        issuer: preset.name,
        label: email,
        secret,
        algorithm,
        digits,
        period: defaultPeriod,
      }).toString();
      const { id, expiresAt } = enrolments.begin(accountId, secret.base32);
      return {
        enrolment: id,
        secret: secret.base32,
        link,
        algorithm,
        digits,
        period: defaultPeriod,
        expiresAt: instant(expiresAt),
      };
    },

    /**
     * Errors: not-found (unknown, void or too old), wrong-code, invalid (name); each leaves the enrolment as it was.
     */
    confirm(session: Session, enrolment: string, code: string, typedName: string): Enrolled {
      const { accountId } = session;
      const name = readName(typedName);
      return mfa.add(session, () => {
        const secret = enrolments.find(accountId, enrolment);
        if (secret === undefined) throw new Problem('not-found');
        const device = prove({ type: 'totp', name, secret, period: defaultPeriod, nextCounter: 0 }, code, clock.now());
        if (!device) throw new Problem('wrong-code');
        enrolments.end(accountId);
        return device;
      });
    },

    /** The one secret of this person: it replaces the one before. Errors: invalid (secret, code, name). */
    useSecret(
      session: Session,
      { secret, type, period = defaultPeriod, counter = 0, name: typedName, code }: TypedSecret,
    ): Enrolled {
      const name = readName(typedName);
      if (!typedSecret.test(secret)) throw notValid('secret');
      const typed: NewDevice =
        type === 'totp'
          ? { type, name, secret, period, nextCounter: 0 }
          : { type, name, secret, period: null, nextCounter: counter };
      return mfa.add(session, () => {
        const device = prove(typed, code, clock.now());
        if (!device) throw notValid('code');
        devices.removeAll(session.accountId);
        return device;
      });
    },
  };
}

/** The device, with the code used up; undefined if the code is wrong at that moment. */
function prove(device: NewDevice, code: string, now: number): NewDevice | undefined {
  const found = findCounter(device, code, now);
  return found === undefined ? undefined : { ...device, nextCounter: found + 1 };
}

function readName(typed: string): string {
  const checked = checkText(typed, maxNameLength);
  if ('fault' in checked) throw new Problem('invalid', { errors: [{ field: 'name', ...checked.fault }] });
  return checked.value || defaultName;
}

function notValid(field: string): Problem {
  return new Problem('invalid', { errors: [{ field, code: 'not-valid' }] });
}
