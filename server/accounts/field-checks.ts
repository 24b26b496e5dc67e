import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString, type CountryCode as PhoneCountry } from 'libphonenumber-js/min';
import { isBlank } from '../../shared/blank-text.ts';
import { countryCodes } from '../../shared/countries.ts';
import { plainCharacters, tidyAddress } from '../../shared/typed-text.ts';
import type { FieldProblem } from '../http/problem.ts';

/** The value as it will be kept, or what is wrong with it. */
export type Checked = { readonly value: string } | { readonly fault: Fault };
type Fault = Omit<FieldProblem, 'field'>;

/**
 * C0, C1, lone surrogates, what is no character (yet), ends of lines and paragraphs, the characters that reorder what
 * stands around them (Unicode TR 36, 2.11), interlinear annotations, and tags, in which a text can hide another.
 */
const forbidden = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;

/**
 * What nobody sees: with it two addresses could look the same. Scripts need some of it in names, none in an address.
 */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** One line of text in any script: NFC, trimmed; empty if it shows nothing. `limit` in code points. */
export function checkText(typed: string, limit: number): Checked {
  const value = typed.normalize('NFC').trim();
  if (forbidden.test(value)) return fault('control-characters');
  return Array.from(value).length > limit ? fault('too-long', limit) : { value: isBlank(value) ? '' : value };
}

/** The same for a name: it may be left empty, and must show something otherwise. */
export function checkName(typed: string, limit: number): Checked {
  return isBlank(typed) && typed.trim() !== '' ? fault('required') : checkText(typed, limit);
}

export function checkUsername(typed: string): Checked {
  const checked = checkText(typed, 64);
  if ('fault' in checked) return checked;
  if (checked.value === '') return fault('required');
  if (checked.value.length < 3) return fault('too-short', 3);
  return /^[A-Za-z0-9._-]+$/.test(checked.value) ? checked : fault('not-a-username');
}

export function checkChoice(typed: string, choices: readonly string[]): Checked {
  if (typed === '') return fault('required');
  return choices.includes(typed) ? { value: typed } : fault('not-a-choice');
}

/** RFC 5321 with RFC 6531 (any script); quoted local parts and address literals are not taken. */
export function checkEmail(typed: string): Checked {
  // Octets in RFC 5321, 4.5.3.1.3: a path of 256 with its angle brackets.
  const checked = checkText(tidyAddress(typed), 254);
  if ('fault' in checked) return checked;
  const { value } = checked;
  if (value === '') return fault('required');
  if (invisible.test(value)) return fault('control-characters');
  const at = value.lastIndexOf('@');
  return at > 0 && isLocalPart(value.slice(0, at)) && isDomain(value.slice(at + 1)) && octets(value) <= 254
    ? checked
    : fault('not-an-email');
}

/** RFC 5322 dot-atom, up to 64 octets (RFC 5321, 4.5.3.1.1). */
function isLocalPart(local: string): boolean {
  return octets(local) <= 64 && local.split('.').every((atom) => /^[^\s"(),:;<>@[\]\\]+$/u.test(atom));
}

/** At least two labels of letters, digits and inner hyphens, in any script; the last is no number (RFC 3696, 2). */
function isDomain(domain: string): boolean {
  const labels = domainToASCII(domain).split('.');
  return (
    labels.length >= 2 &&
    !/^\d+$/.test(labels.at(-1) ?? '') &&
    labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label))
  );
}

function octets(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** ISO 3166-1 alpha-2, or XK, in either case, or empty. */
export function checkCountry(typed: string): Checked {
  const value = typed.trim().toUpperCase();
  return value === '' || isCountry(value) ? { value } : fault('not-a-country');
}

function isCountry(code: string): boolean {
  return countryCodes.includes(code);
}

/** International, or national if `country` is known; kept in international form. Empty is allowed. */
export function checkPhone(typed: string, country: string): Checked {
  const checked = checkText(plainCharacters(typed), 60);
  if ('fault' in checked || checked.value === '') return checked;
  const options = { extract: false, ...(isCountry(country) && { defaultCountry: country as PhoneCountry }) };
  const number = parsePhoneNumberFromString(checked.value, options);
  return number?.isValid() ? { value: number.formatInternational() } : fault('not-a-phone');
}

function fault(code: Fault['code'], limit?: number): Checked {
  return { fault: { code, ...(limit !== undefined && { limit }) } };
}
