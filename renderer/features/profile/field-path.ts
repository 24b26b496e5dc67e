import type { ProfileSnapshot, SectionName } from '../../../shared/contract/profile.ts';

export type Sections = ProfileSnapshot['sections'];
/** The contract's own list would bring zod along. */
export const sectionNames = ['user', 'contact', 'avatar'] as const satisfies readonly SectionName[];

type ValuesOf<S extends SectionName> = Omit<Sections[S]['values'], 'registeredAt'>;

/** Every field a person may change, e.g. `contact.email`. */
export type FieldPath = { [S in SectionName]: `${S}.${keyof ValuesOf<S> & string}` }[SectionName];
/** Text, or a picture that may be absent. */
export type FieldValue = string | null;

/** In the order of the screen, which is also the order in which the first faulty field is looked for (W3). */
export const fieldPaths = [
  'avatar.image',
  'user.firstName',
  'user.lastName',
  'user.username',
  'user.role',
  'user.company',
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

/** Compared as a provider keeps it: a blank at the end or another form of the same letter is no change. */
export function isSame(a: FieldValue, b: FieldValue): boolean {
  return normalise(a) === normalise(b);
}

function normalise(value: FieldValue): FieldValue {
  return value?.normalize('NFC').trim() ?? null;
}
