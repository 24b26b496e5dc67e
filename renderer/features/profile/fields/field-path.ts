import { plainName } from '../../../../shared/blank-text.ts';
import type { DescribedField } from '../../../../shared/contract/account/described-fields.ts';
import type { FieldAccess, ProfileSnapshot, Threshold } from '../../../../shared/contract/account/profile.ts';
import { fieldPaths, isDescribed, type FieldPath, type SectionName } from '../../../../shared/profile-fields.ts';

export type Sections = ProfileSnapshot['sections'];
export type Choice = Sections['user']['choices']['role'][number];
/** As typed: null while nothing is filled in, NaN for what is no number. */
export type TypedThreshold = Omit<Threshold, 'percent'> & { readonly percent: number | null };
/** Text, a switch, minutes, a list, or a picture that may be absent. */
export type FieldValue = string | boolean | number | readonly TypedThreshold[] | readonly string[] | null;

/** The id of a described field may have dots itself. */
export function splitPath(path: FieldPath): [SectionName, string] {
  const dot = path.indexOf('.');
  return [path.slice(0, dot) as SectionName, path.slice(dot + 1)];
}

/** Every field that a person may change, in the order of the screen. */
export function pathsOf(sections: Sections | undefined): FieldPath[] {
  return [...fieldPaths, ...(sections?.more.fields ?? []).map(({ id }): FieldPath => `more.${id}`)];
}

/** What the service says of it; undefined for a field that is known by name, and one that is gone. */
export function describedAt(sections: Sections | undefined, path: FieldPath): DescribedField | undefined {
  return isDescribed(path) ? sections?.more.fields.find(({ id }) => path === `more.${id}`) : undefined;
}

export function valueAt(sections: Sections, path: FieldPath): FieldValue {
  const [section, field] = splitPath(path);
  return (sections[section].values as Readonly<Record<string, FieldValue>>)[field] ?? null;
}

/** What a field offers to choose from; nothing where anything may be typed. */
export function choicesAt(sections: Sections, path: FieldPath): readonly Choice[] {
  if (isDescribed(path)) return describedAt(sections, path)?.choices ?? [];
  const [section, field] = splitPath(path);
  const { choices = {} } = sections[section] as { choices?: Readonly<Record<string, readonly Choice[]>> };
  return choices[field] ?? [];
}

export function accessAt(sections: Sections, path: FieldPath): FieldAccess['kind'] {
  const [section, field] = splitPath(path);
  const access: Readonly<Record<string, FieldAccess>> = sections[section].access;
  return access[field]?.kind ?? 'not-offered';
}

export function isOfferedAt(sections: Sections, path: FieldPath): boolean {
  return accessAt(sections, path) !== 'not-offered';
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
  if (isTexts(value)) return JSON.stringify(value.map(plainName));
  if (!isThresholds(value)) return value;
  return ascending(value)
    .map(({ percent, byMail }) => `${String(percent)} ${String(byMail)}`)
    .join();
}

/** An empty list is one of either kind. */
export function isThresholds(value: FieldValue): value is readonly TypedThreshold[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'object');
}

export function isTexts(value: FieldValue): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

export function ascending(thresholds: readonly TypedThreshold[]): TypedThreshold[] {
  return [...thresholds].sort((a, b) => (a.percent ?? 0) - (b.percent ?? 0));
}
