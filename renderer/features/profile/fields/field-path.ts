import { plainName } from '../../../../shared/blank-text.ts';
import type { FieldAccess, ProfileSnapshot, Threshold } from '../../../../shared/contract/account/profile.ts';
import type { FieldName, FieldPath, SectionName } from '../../../../shared/profile-fields.ts';

export type Sections = ProfileSnapshot['sections'];
export type Choice = Sections['user']['choices']['role'][number];
/** As typed: null while nothing is filled in, NaN for what is no number. */
export type TypedThreshold = Omit<Threshold, 'percent'> & { readonly percent: number | null };
/** Text, a switch, minutes, a list, or a picture that may be absent. */
export type FieldValue = string | boolean | number | readonly TypedThreshold[] | null;

export function splitPath(path: FieldPath): [SectionName, FieldName] {
  return path.split('.') as [SectionName, FieldName];
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
