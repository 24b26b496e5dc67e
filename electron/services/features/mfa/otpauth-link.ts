import { HOTP, Secret, TOTP } from 'otpauth';
import type { AccountLabel } from '../../core/account-label.ts';
import { otpParametersSchema, type OtpParameters, type OtpSecret } from '../../../../shared/contract/account/mfa.ts';

/**
 * The link that an authenticator scans (Key URI Format), strictly: issuer in label and parameter, everything
 * percent-encoded, the secret without padding, `period` or `counter` and never both. Neither part of the label may hold
 * a colon, not even an encoded one: an issuer with one stands in the parameter alone, in an account it becomes a blank.
 */
export function describeSecret(
  { issuer, account }: AccountLabel,
  secret: string,
  parameters: OtpParameters,
): OtpSecret {
  const { type, algorithm, digits } = parameters;
  const common = {
    issuer: toWellFormed(issuer),
    issuerInLabel: !issuer.includes(':'),
    label: toWellFormed(account).replace(/\s*:\s*/g, ' '),
    secret: Secret.fromBase32(secret),
    algorithm,
    digits,
  };
  const period = parameters.period ?? 30;
  const counter = parameters.counter ?? 0;
  return type === 'totp'
    ? {
        secret,
        link: new TOTP({ ...common, period }).toString(),
        parameters: { type, algorithm, digits, period, counter: null },
      }
    : {
        secret,
        link: new HOTP({ ...common, counter }).toString(),
        parameters: { type, algorithm, digits, period: null, counter },
      };
}

export interface ReadLink extends AccountLabel {
  /** As it stands in the link: not judged yet. */
  readonly secret: string;
  readonly parameters: OtpParameters;
}

/**
 * Reads a link as authenticators meet it: any case, `+` or %20 for a space, the colon plain or encoded, names missing.
 * Undefined for what is no such link, and for figures that no authenticator could use.
 */
export function readOtpauthLink(text: string): ReadLink | undefined {
  const [, type, label, query] = /^otpauth:\/\/([a-z]+)\/?([^?#]*)\?([^#]*)/i.exec(text.trim()) ?? [];
  if (type === undefined || label === undefined || query === undefined) return undefined;
  const values = new Map(Array.from(new URLSearchParams(query), ([name, value]) => [name.toLowerCase(), value.trim()]));
  const parameters = readParameters(type.toLowerCase(), values);
  const secret = values.get('secret');
  if (!parameters || !secret) return undefined;
  const { issuer, account } = readLabel(label);
  return { issuer: values.get('issuer') || issuer, account, secret, parameters };
}

function readParameters(type: string, values: ReadonlyMap<string, string>): OtpParameters | undefined {
  const parsed = otpParametersSchema.safeParse({
    type,
    algorithm: (values.get('algorithm') ?? 'SHA1').toUpperCase().replace('-', ''),
    digits: readNumber(values.get('digits'), 6),
    period: type === 'totp' ? readNumber(values.get('period'), 30) : null,
    counter: type === 'hotp' ? readNumber(values.get('counter'), 0) : null,
  });
  return parsed.success ? parsed.data : undefined;
}

/** Digits alone: `Number` would also take "", "1e1", "0x6" and " 6". */
function readNumber(value: string | undefined, missing: number): number {
  if (value === undefined) return missing;
  return /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
}

/**
 * A plain colon parts issuer and account before decoding; one that is encoded does only where there is no plain one.
 */
function readLabel(label: string): AccountLabel {
  const [first, ...rest] = label.includes(':') ? label.split(':') : label.split(/%3a/i);
  if (first === undefined || rest.length === 0) return { issuer: '', account: decode(label) };
  return { issuer: decode(first), account: decode(rest.join(':')) };
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced).trim();
  } catch {
    return spaced.trim();
  }
}

/** A lone half of a surrogate pair has no percent-encoding. */
function toWellFormed(text: string): string {
  return Buffer.from(text).toString();
}
