import { timingSafeEqual } from 'node:crypto';
import { HOTP, Secret } from 'otpauth';

/** What every authenticator app assumes (Key URI Format): SHA-1 and six digits. */
export const algorithm = 'SHA1';
export const digits = 6;
/** Seconds (RFC 6238, 4.1). */
export const defaultPeriod = 30;

/** Steps of clock drift allowed either way (RFC 6238, 5.2). */
const drift = 1;
/** Codes that may have been made and not used, e.g. by a key pressed in a pocket (RFC 4226, 7.4). */
const lookAhead = 10;

export interface OneTimePassword {
  readonly type: 'totp' | 'hotp';
  /** Base32. */
  readonly secret: string;
  /** Seconds; TOTP only. */
  readonly period: number | null;
  /** The lowest TOTP step or HOTP counter whose code may still be used. */
  readonly nextCounter: number;
}

/**
 * The step or counter that `code` is right for, as of `now` (milliseconds since the epoch); undefined if it is wrong
 * or was used before. For the code to work only once, `nextCounter` must move past it.
 */
export function findCounter(
  { type, secret, period, nextCounter }: OneTimePassword,
  code: string,
  now: number,
): number | undefined {
  // Digits of other scripts are none here (RFC 4226, 5.3).
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const key = Secret.fromBase32(secret);
  const step = Math.floor(now / 1000 / (period ?? defaultPeriod));
  const [first, last] =
    type === 'totp' ? [Math.max(step - drift, nextCounter), step + drift] : [nextCounter, nextCounter + lookAhead];
  let found: number | undefined;
  for (let counter = first; counter <= last; counter += 1) {
    const right = HOTP.generate({ secret: key, algorithm, digits, counter });
    if (timingSafeEqual(Buffer.from(right), Buffer.from(code))) found ??= counter;
  }
  return found;
}
