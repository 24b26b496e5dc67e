import type { DescribedField, FieldGroup } from '../../../../../shared/contract/account/described-fields.ts';
import { fieldId, maxFields } from '../../../../../shared/contract/account/described-fields.ts';
import { fitsIn, wellKnownPlaces, type KnownPlace, type PlacedField } from '../../common/record/placed-field.ts';
import { describeAttribute, toLabel, toWords } from './described-attributes.ts';
import { valuesOf, type RemoteAttribute, type RemotePerson } from './person.ts';

/** An attribute of the record, and where it stands on the page. */
export interface PlacedAttribute extends PlacedField {
  /** Undefined where the realm describes none. */
  readonly attribute: RemoteAttribute | undefined;
}

const builtIn: readonly KnownPlace[] = [
  { section: 'user', field: 'firstName', names: ['firstName'] },
  { section: 'user', field: 'lastName', names: ['lastName'] },
  { section: 'user', field: 'username', names: ['username'] },
  { section: 'contact', field: 'email', names: ['email'] },
];

const reserved: ReadonlySet<string> = new Set(builtIn.map(({ field }) => field));

/** `locales`: what the attribute `locale` may be; the realm's description does not say. */
export function layOut(person: RemotePerson, locales: readonly string[]): readonly PlacedAttribute[] {
  const all = person.userProfileMetadata?.attributes ?? [];
  const known: PlacedAttribute[] = builtIn.map(({ section, field }) => ({
    ...{ section, field, name: field },
    attribute: all.find(({ name }) => name === field),
  }));
  const names = new Set(all.map(({ name }) => name));
  // The first of a name alone.
  const described = all
    .filter(({ name }) => names.delete(name))
    .flatMap((attribute) => describe(person, attribute, locales));
  const placed = wellKnownPlaces.flatMap(({ section, field, names }) => {
    const found = names.flatMap((name) =>
      described.filter((each) => each.described.id === name && fitsIn(field, each.described.kind, each.values)),
    );
    return found.slice(0, 1).map(({ attribute }) => ({ section, field, name: attribute.name, attribute }));
  });
  const taken = new Set(placed.map(({ name }) => name));
  const rest = described.filter(({ described: { id } }) => !taken.has(id)).slice(0, maxFields);
  const inMore = rest.map(
    (each) => ({ ...each, section: 'more', field: each.described.id, name: each.described.id }) as const,
  );
  return [...known, ...placed, ...inMore];
}

interface Described {
  readonly attribute: RemoteAttribute;
  readonly described: DescribedField;
  readonly values: readonly string[];
}

/** Nothing for one that cannot be shown: it stays as it is in every write. */
function describe(person: RemotePerson, attribute: RemoteAttribute, locales: readonly string[]): Described[] {
  const { name } = attribute;
  // What is looked up by it may not be found in every object.
  const isPlain = fieldId.safeParse(name).success && !(name in {});
  const values = valuesOf(person, name);
  if (reserved.has(name) || !isPlain || !values) return [];
  if (name !== 'locale') return [{ attribute, described: describeAttribute(attribute, values), values }];
  if (locales.length === 0) return [];
  // Its name in the realm is a key of no words; the app has one of its own.
  const described = { ...describeAttribute(attribute, values, toLanguages(locales)), label: '' };
  return [{ attribute, described, values }];
}

/** Each by its own name for itself, which who looks for it can read. */
function toLanguages(locales: readonly string[]): DescribedField['choices'] {
  return locales.map((id) => ({ id, name: nameOfLanguage(id) })).toSorted((a, b) => a.name.localeCompare(b.name));
}

function nameOfLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Those that some field is in, in the realm's own order. */
export function groupsOf(person: RemotePerson, fields: readonly DescribedField[]): FieldGroup[] {
  const used = new Set(fields.map(({ group }) => group));
  const groups = (person.userProfileMetadata?.groups ?? []).filter(({ name }) => used.delete(name));
  return groups.slice(0, maxFields).map(({ name, displayHeader, displayDescription }) => ({
    id: name,
    heading: toLabel(displayHeader, name),
    description: toWords(displayDescription, 1_000),
  }));
}
