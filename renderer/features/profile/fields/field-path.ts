import { plainName } from '../../../../shared/blank-text.ts';
import type {
  FieldAccess,
  ProfileSnapshot,
  SectionName,
  Threshold,
} from '../../../../shared/contract/account/profile.ts';

export type Sections = ProfileSnapshot['sections'];
export type Choice = Sections['user']['choices']['role'][number];
/** The contract's own list would bring zod along. In the order of the screen. */
export const sectionNames = [
  'user',
  'workplace',
  'notifications',
  'contact',
  'avatar',
] as const satisfies readonly SectionName[];

type ValuesOf<S extends SectionName> = Omit<Sections[S]['values'], 'registeredAt' | 'sentTo'>;

/** Every field a person may change, e.g. `contact.email`. */
export type FieldPath = { [S in SectionName]: `${S}.${keyof ValuesOf<S> & string}` }[SectionName];
/** As typed: null while nothing is filled in, NaN for what is no number. */
export type TypedThreshold = Omit<Threshold, 'percent'> & { readonly percent: number | null };
/** Text, a switch, minutes, a list, or a picture that may be absent. */
export type FieldValue = string | boolean | number | readonly TypedThreshold[] | null;

/** In the order of the screen, which is also the order in which the first faulty field is looked for (W3). */
export const fieldPaths = [
  'avatar.image',
  'user.firstName',
  'user.lastName',
  'user.username',
  'user.role',
  'user.company',
  'workplace.dialingPattern',
  'workplace.wfmNotifications',
  'workplace.wfmInterval',
  'notifications.quotaAlerts',
  'notifications.thresholds',
  'notifications.dailyReport',
  'contact.email',
  'contact.phone',
  'contact.addressLine1',
  'contact.addressLine2',
  'contact.city',
  'contact.state',
  'contact.postalCode',
  'contact.country',
] as const satisfies readonly FieldPath[];

export function splitPath(path: FieldPath): [SectionName, string] {
  const [section, field = ''] = path.split('.');
  return [section as SectionName, field];
}

export function valueAt(sections: Sections, path: FieldPath): FieldValue {
  const [section, field] = splitPath(path);
  return (sections[section].values as Readonly<Record<string, FieldValue>>)[field] ?? null;
}

/** What a field offers to choose from; nothing where anything may be typed. */
export function choicesAt(sections: Sections, path: FieldPath): readonly Choice[] {
  const [section, field] = splitPath(path);
  const { choices = {} } = sections[section] as { choices?: Readonly<Record<string, readonly Choice[]>> };
  return choices[field] ?? [];
}

export function isOfferedAt(sections: Sections, path: FieldPath): boolean {
  const [section, field] = splitPath(path);
  return (sections[section].access as Readonly<Record<string, FieldAccess>>)[field]?.kind !== 'not-offered';
}

/**
 * Compared as a provider keeps it: a blank at the end, another form of the same letter or another order of thresholds
 * is no change.
 */
export function isSame(a: FieldValue, b: FieldValue): boolean {
  return normalise(a) === normalise(b);
}

function normalise(value: FieldValue): string | boolean | number | null {
  if (typeof value === 'string') return plainName(value);
  if (!isThresholds(value)) return value;
  return ascending(value)
    .map(({ percent, byMail }) => `${String(percent)} ${String(byMail)}`)
    .join();
}

export function isThresholds(value: FieldValue): value is readonly TypedThreshold[] {
  return Array.isArray(value);
}

export function ascending(thresholds: readonly TypedThreshold[]): TypedThreshold[] {
  return [...thresholds].sort((a, b) => (a.percent ?? 0) - (b.percent ?? 0));
}
