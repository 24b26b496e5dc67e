import { HOTP, type Secret } from 'otpauth';
import type { CodeDiagnosis, OtpParameters } from '../../../../shared/contract/account/mfa.ts';

/** Steps of drift that a server allows either way (RFC 6238, section 5.2): such a code is simply right. */
const allowed = 1;
/** Steps either way in which a code is recognised. */
const searched = 10;
/** Counters from the expected one on that a server tries (RFC 4226, section 7.4). */
const lookAhead = 10;

/**
 * What `code` (digits alone) is at `serverNow`, milliseconds since the epoch by the server's clock. The steps nearest
 * to now are tried first: six digits are right for two of the steps once in about 50,000 codes.
 */
export function diagnoseCode(
  secret: Secret,
  parameters: OtpParameters,
  code: string,
  serverNow: number,
): CodeDiagnosis {
  const { type, algorithm, digits, period, counter } = parameters;
  if (!/^[0-9]+$/.test(code) || code.length !== digits) return { kind: 'incomplete', digits };
  const isAt = (moment: number): boolean => HOTP.generate({ secret, algorithm, digits, counter: moment }) === code;
  if (type === 'hotp') {
    const first = counter ?? 0;
    return Array.from({ length: lookAhead + 1 }, (_, n) => first + n).some(isAt)
      ? { kind: 'right' }
      : { kind: 'wrong' };
  }
  const seconds = period ?? 30;
  const step = Math.floor(serverNow / 1_000 / seconds);
  const offset = nearestFirst.find((each) => isAt(step + each));
  if (offset === undefined) return { kind: 'wrong' };
  return Math.abs(offset) <= allowed ? { kind: 'right' } : { kind: 'other-moment', seconds: offset * seconds };
}

/** 0, -1, 1, -2, 2 … */
const nearestFirst = [0, ...Array.from({ length: searched }, (_, n) => [-n - 1, n + 1]).flat()];
