import * as z from 'zod';
import type { FieldErrors, ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { FieldErrorCode } from '../../../../../shared/contract/errors.ts';
import { cleanShort } from '../../../core/clean-text.ts';
import type { Refusal } from '../../../http/refusal.ts';

type FieldError = FieldErrors[string];

const entrySchema = z.object({
  field: z.string().max(1_000),
  errorMessage: z.string().max(10_000),
  /** The attribute's display name, then what the rule says. */
  params: z.array(z.unknown()).max(100).nullish(),
});
type Entry = z.infer<typeof entrySchema>;
/** One alone also stands at the top, in older versions only there. */
const refusedSchema = z.union([
  z.object({ errors: z.array(entrySchema).min(1).max(1_000) }),
  entrySchema.transform((entry) => ({ errors: [entry] })),
]);
/** Of a person who is kept elsewhere (LDAP), and not to be changed from here. */
const fixedPersonSchema = z.object({ errorMessage: z.literal('readOnlyUserMessage') });

export function isFixedPerson({ body }: Refusal): boolean {
  return fixedPersonSchema.safeParse(body).success;
}

/** `sent`: the values by attribute, of which some were refused. Undefined for any other refusal. */
export function explainFields(
  { status, body }: Refusal,
  sent: ReadonlyMap<string, readonly string[]>,
): ErrorShape | undefined {
  const refused = refusedSchema.safeParse(body);
  if ((status !== 400 && status !== 409) || !refused.success) return undefined;
  // A field has one message here, and may have several there: the one that helps most goes last, and stays.
  const entries = refused.data.errors.filter(({ field }) => /^[A-Za-z0-9][\w.-]*$/.test(field));
  const named = entries.map((entry) => [entry.field, toFieldError(entry, sent.get(entry.field) ?? [])] as const);
  const fields: FieldErrors = Object.fromEntries(named.toSorted(([, a], [, b]) => rankOf(a) - rankOf(b)));
  return { code: 'invalid-request', fields };
}

const codes: ReadonlyMap<string, FieldErrorCode> = new Map<string, FieldErrorCode>([
  ['error-invalid-length-too-short', 'too-short'],
  ['error-invalid-length-too-long', 'too-long'],
  ['error-user-attribute-required', 'required'],
  ['error-empty', 'required'],
  ['error-invalid-blank', 'required'],
  ['missingEmailMessage', 'required'],
  ['missingUsernameMessage', 'required'],
  ['missingFirstNameMessage', 'required'],
  ['missingLastNameMessage', 'required'],
  ['error-user-attribute-read-only', 'locked'],
  ['readOnlyUsernameMessage', 'locked'],
  ['error-invalid-email', 'not-an-email'],
  ['invalidEmailMessage', 'not-an-email'],
  ['emailExistsMessage', 'taken'],
  ['usernameExistsMessage', 'taken'],
  ['error-invalid-value', 'not-a-choice'],
  ['error-number-out-of-range', 'out-of-range'],
  ['error-number-out-of-range-too-small', 'out-of-range'],
  ['error-number-out-of-range-too-big', 'out-of-range'],
  ['error-invalid-number', 'not-a-number'],
  ['error-invalid-date', 'not-a-date'],
  ['error-invalid-uri', 'not-a-link'],
  ['error-invalid-uri-scheme', 'not-a-link'],
]);

function toFieldError({ errorMessage, params }: Entry, values: readonly string[]): FieldError {
  const code = codeOf(errorMessage, params, values);
  if (code === 'too-short') return withLimit(code, params?.[1]);
  if (code === 'too-long') return withLimit(code, params?.[2]);
  if (code) return { code };
  const text = isKey(errorMessage) ? '' : cleanShort(errorMessage, maxTextLength);
  return { code: 'not-valid', ...(text && { text }) };
}

/** Characters. */
const maxTextLength = 300;

/** A rule with two ends is not told apart by the answer. */
function codeOf(message: string, params: Entry['params'], values: readonly string[]): FieldErrorCode | undefined {
  const min = Number(params?.[1] ?? 0);
  if (message === 'error-invalid-length') return values.some((value) => value.length < min) ? 'too-short' : 'too-long';
  if (message === 'error-invalid-multivalued-size') return values.length < min ? 'too-few' : 'too-many';
  return codes.get(message);
}

/** Numbers come as the administrator wrote them, mostly as texts. */
function withLimit(code: FieldErrorCode, limit: unknown): FieldError {
  const number = Number(limit);
  const isKnown = (typeof limit === 'string' || typeof limit === 'number') && Number.isSafeInteger(number);
  return { code, ...(isKnown && { limit: number }) };
}

/** Keycloak's own messages are keys in each language; only an administrator writes words. */
function isKey(message: string): boolean {
  return /^(\$\{.*\}|[\w.-]+)$/.test(message);
}

/** What says least of what to do about it comes first. */
const order: readonly FieldErrorCode[] = ['not-valid', 'required'];

function rankOf({ code, text }: FieldError): number {
  if (text !== undefined) return order.length;
  const place = order.indexOf(code);
  return place === -1 ? order.length + 1 : place;
}
