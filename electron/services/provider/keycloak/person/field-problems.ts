import * as z from 'zod';
import type { FieldErrors, ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { FieldErrorCode } from '../../../../../shared/contract/errors.ts';
import { cleanText } from '../../../core/clean-text.ts';
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

/** `sent`: the values by field, of which some were refused. Undefined for any other refusal. */
export function explainFields(
  { status, body }: Refusal,
  sent: Readonly<Record<string, string>>,
): ErrorShape | undefined {
  const refused = refusedSchema.safeParse(body);
  if ((status !== 400 && status !== 409) || !refused.success) return undefined;
  // A field has one message here, and may have several there: the one that helps most goes last, and stays.
  const entries = refused.data.errors.filter(({ field }) => /^[A-Za-z][\w.-]*$/.test(field));
  const told = entries.map((entry) => [entry.field, toFieldError(entry, sent[entry.field] ?? '')] as const);
  const fields: FieldErrors = Object.fromEntries(told.toSorted(([, a], [, b]) => rankOf(a) - rankOf(b)));
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
  ['error-invalid-multivalued-size', 'too-many'],
]);

function toFieldError({ errorMessage, params }: Entry, value: string): FieldError {
  const code = errorMessage === 'error-invalid-length' ? lengthCodeOf(params, value) : codes.get(errorMessage);
  if (code === 'too-short') return withLimit(code, params?.[1]);
  if (code === 'too-long') return withLimit(code, params?.[2]);
  if (code) return { code };
  const text = isKey(errorMessage) ? '' : cleanText(errorMessage.slice(0, maxTextLength));
  return { code: 'not-valid', ...(text && { text }) };
}

/** Characters. */
const maxTextLength = 300;

/** The rule has two ends, and the answer does not say which. */
function lengthCodeOf(params: Entry['params'], value: string): FieldErrorCode {
  return value.length < Number(params?.[1] ?? 0) ? 'too-short' : 'too-long';
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
