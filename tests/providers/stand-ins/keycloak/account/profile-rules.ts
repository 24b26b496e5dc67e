import type { ProfileAttribute } from '../../../keycloak/user-profile.ts';

// What a realm checks before it takes a value, and the keys it complains with. They are keys, not texts, in whatever
// language was asked for.

export interface FieldError {
  readonly field: string;
  readonly errorMessage: string;
  readonly params: readonly (string | null)[];
}

type Rule = Readonly<Record<string, unknown>>;
/** The key of the complaint with its details; undefined where the value will do. */
type Check = (value: string, rule: Rule) => readonly (string | null)[] | undefined;

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

const checks: Readonly<Record<string, Check>> = {
  length: (value, { min, max }) => {
    if (value.length >= Number(min ?? 0) && value.length <= Number(max)) return undefined;
    return min === undefined
      ? ['error-invalid-length-too-long', null, text(max)]
      : ['error-invalid-length', text(min), text(max)];
  },
  options: (value, { options }) =>
    (options as readonly string[]).includes(value) ? undefined : ['error-invalid-value'],
  'iso-date': (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? undefined : ['error-invalid-date', value]),
  integer: (value, { min, max }) => {
    if (!/^-?\d+$/.test(value)) return ['error-invalid-number'];
    const isInside = Number(value) >= Number(min) && Number(value) <= Number(max);
    return isInside ? undefined : ['error-number-out-of-range', text(min), text(max)];
  },
  pattern: (value, { pattern, 'error-message': message }) =>
    new RegExp(String(pattern)).test(value) ? undefined : [text(message) ?? 'error-pattern-no-match', text(pattern)],
  uri: (value) => checkUri(value),
  email: (value) => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? undefined : ['error-invalid-email', value]),
  'person-name-prohibited-characters': (value) =>
    /[<>&"$%!#?§;*~/\\|^=[\]{}()]/.test(value) ? ['error-person-name-invalid-character'] : undefined,
  'username-prohibited-characters': (value) =>
    /[<>&"'\s$%!#?§,;:*~/\\|^=[\]{}()`]/.test(value) ? ['error-username-invalid-character'] : undefined,
};

function checkUri(value: string): readonly string[] | undefined {
  if (!URL.canParse(value)) return ['error-invalid-uri', value, `Illegal character in ${value}`];
  const scheme = new URL(value).protocol.slice(0, -1);
  return ['http', 'https'].includes(scheme) ? undefined : ['error-invalid-uri-scheme', value, scheme];
}

/** Empty ones are nobody's mistake here; whether one is required is asked elsewhere. */
export function checkValues(attribute: ProfileAttribute, values: readonly string[]): readonly FieldError[] {
  const { name, displayName, validations = {}, multivalued = false } = attribute;
  const filled = values.filter((value) => value !== '');
  const { min = '0', max = multivalued ? undefined : '1' } = (validations['multivalued'] ?? {}) as Rule;
  const isTooMany = max !== undefined && filled.length > Number(max);
  const found: (readonly (string | null)[])[] = isTooMany
    ? [['error-invalid-multivalued-size', text(min), text(max)]]
    : filled.flatMap((value) =>
        Object.entries(validations).flatMap(([kind, rule]) => {
          const complaint = checks[kind]?.(value, rule);
          return complaint ? [complaint] : [];
        }),
      );
  return found.map(([errorMessage, ...details]) => ({
    field: name,
    errorMessage: errorMessage ?? '',
    params: [displayName, ...details],
  }));
}
