import type { DescribedField, DescribedValue } from '../../../../../shared/contract/account/described-fields.ts';
import type { FieldAccess, ProfileSnapshot, Threshold } from '../../../../../shared/contract/account/profile.ts';
import { profileFields, type FieldType, type KnownSection } from '../../../../../shared/profile-fields.ts';
import type { AreaReading } from '../activity-head.ts';
import { factText, hashText, hidden } from './fit-text.ts';

/** Begins what stands for a value that no entry shows. Nobody can type it. */
export const unshown = `${hidden}sha256:`;

type Sections = ProfileSnapshot['sections'];
type Fact = readonly [path: string, value: string | null];
type Choices = readonly { readonly id: string; readonly name: string }[];

/** Every field that the service has, by its path: `contact.email`, `more.department`. */
export function toProfileReading({ sections, takenAt }: Pick<ProfileSnapshot, 'sections' | 'takenAt'>): AreaReading {
  const known = (Object.keys(profileFields) as KnownSection[]).flatMap((name) => knownFacts(sections, name));
  const facts = new Map([...known, ...describedFacts(sections)]);
  const labels = new Map(
    sections.more.fields.flatMap(({ id, label }) => (label === '' ? [] : [[`more.${id}`, label] as const])),
  );
  return { area: 'profile', takenAt, scope: '', items: [{ id: 'profile', subject: '', detail: '', facts, labels }] };
}

function knownFacts(sections: Sections, section: KnownSection): Fact[] {
  const values: Readonly<Record<string, unknown>> = sections[section].values;
  const access: Readonly<Record<string, FieldAccess>> = sections[section].access;
  const choicesOf: Readonly<Record<string, Choices>> =
    section === 'user' || section === 'workplace' ? sections[section].choices : {};
  return Object.keys(profileFields[section])
    .filter((field) => access[field]?.kind !== 'not-offered')
    .map((field) => [`${section}.${field}`, toText(values[field], choicesOf[field] ?? [])]);
}

function describedFacts({ more }: Sections): Fact[] {
  return more.fields
    .filter(({ id }) => more.access[id]?.kind !== 'not-offered')
    .map((field) => [`more.${field.id}`, describedText(field, more.values[field.id] ?? '')]);
}

function describedText({ choices }: DescribedField, value: DescribedValue): string {
  return toText(value, choices) ?? '';
}

/** As it is shown, or for a picture what tells it from another one. */
function toText(value: unknown, choices: Choices): string | null {
  const nameOf = (id: string) => choices.find((choice) => choice.id === id)?.name ?? id;
  if (typeof value === 'string' && value.startsWith('data:')) return unshown + hashText(value);
  if (typeof value === 'string') return factText(nameOf(value));
  if (Array.isArray(value)) return factText(value.map((each) => entryText(each, nameOf)).join(', '));
  return value === null || value === undefined ? null : String(value as FieldType);
}

function entryText(entry: unknown, nameOf: (id: string) => string): string {
  if (typeof entry === 'string') return nameOf(entry);
  return `${String((entry as Threshold).percent)} %`;
}
