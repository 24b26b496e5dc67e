import { createHash } from 'node:crypto';
import type { DescribedField, FieldGroup } from '../../../../../shared/contract/account/described-fields.ts';
import type { FieldAccess } from '../../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { emptyValues, fillFields, mapFields, profileFields } from '../../../../../shared/profile-fields.ts';
import { absentNotifications, absentWorkplace } from '../../absent/absent-sections.ts';
import type { ProfileChanges, ProfileSections, SavedSections } from '../../provider.ts';
import { recordSections, type Layout, type PlacedField, type RecordSection, type ValuesOf } from './placed-field.ts';

// The one record of a person, as the sections of the profile.

/** `P`: what the service says of a field beside that. */
interface RecordView<P extends PlacedField> {
  readonly layout: readonly P[];
  readonly valuesOf: ValuesOf;
  /** Those that some field is in, in the service's own order. */
  readonly groups: readonly FieldGroup[];
  readonly judge: (placed: P) => FieldAccess;
}
type Saved = Required<Pick<SavedSections, RecordSection>>;

const absent: FieldAccess = { kind: 'not-offered' };

export function toSections<P extends PlacedField>(view: RecordView<P>): ProfileSections {
  const { layout, valuesOf, groups, judge } = view;
  const saved = toSaved(layout, valuesOf);
  const accessIn = (section: RecordSection) =>
    Object.fromEntries(inSection(layout, section).map((placed) => [placed.field, judge(placed)]));
  const described = layout.flatMap((placed) => placed.described ?? []);
  const placeOf = ({ group }: DescribedField) => groups.findIndex(({ id }) => id === group);
  const fields = described.map((field) => (placeOf(field) < 0 ? { ...field, group: null } : field));
  return {
    user: {
      ...saved.user,
      access: { ...fillFields(profileFields.user, absent), ...accessIn('user') },
      choices: { role: [] },
    },
    contact: { ...saved.contact, access: { ...fillFields(profileFields.contact, absent), ...accessIn('contact') } },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    avatar: { values: { image: null }, access: { image: absent }, revision: '' },
    more: {
      ...saved.more,
      fields: fields.toSorted((a, b) => placeOf(a) - placeOf(b)),
      groups: [...groups],
      access: accessIn('more'),
    },
  };
}

/** Each revision is of that section's values alone: a change beside them is none of it, and is kept. */
export function toSaved(layout: Layout, valuesOf: ValuesOf): Saved {
  const textsIn = (section: 'user' | 'contact') =>
    Object.fromEntries(inSection(layout, section).map(({ field, name }) => [field, valuesOf(name)?.[0] ?? '']));
  const user = { ...mapFields(profileFields.user, emptyValues), ...textsIn('user') };
  const contact = { ...mapFields(profileFields.contact, emptyValues), ...textsIn('contact') };
  const more = Object.fromEntries(inSection(layout, 'more').map((placed) => [placed.field, valueOf(valuesOf, placed)]));
  return {
    user: { values: user, revision: revisionOf(user) },
    contact: { values: contact, revision: revisionOf(contact) },
    more: { values: more, revision: revisionOf(more) },
  };
}

/** What is chosen from several stands in the order of the choices, whatever the order it was kept in. */
function valueOf(valuesOf: ValuesOf, { name, described }: PlacedField): string | string[] {
  const values = valuesOf(name) ?? [];
  if (described?.kind === 'list') return [...values];
  if (described?.kind !== 'several-of') return values[0] ?? '';
  const listed = described.choices.map(({ id }) => id).filter((id) => values.includes(id));
  return [...listed, ...values.filter((value) => !listed.includes(value))];
}

function revisionOf(values: object): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}

function inSection<P extends PlacedField>(layout: readonly P[], section: RecordSection): readonly P[] {
  return layout.filter((placed) => placed.section === section);
}

/**
 * The values to be sent, by the service's own names. Errors: invalid-request (fields) for what is not in this record.
 */
export function toSent(changes: ProfileChanges, layout: Layout): Map<string, readonly string[]> {
  const wanted = Object.entries(changes).flatMap(([section, change]) =>
    Object.entries(change?.changes ?? {}).map(([field, value]) => ({ section, field, value })),
  );
  const find = ({ section, field }: { section: string; field: string }) =>
    layout.find((placed) => placed.section === section && placed.field === field);
  const unknown = wanted.filter((each) => !find(each));
  if (unknown.length === 0) return new Map(wanted.map((each) => [find(each)?.name ?? '', toTexts(each.value)]));
  const fields = Object.fromEntries(
    unknown.map(({ section, field }) => [`${section}.${field}`, { code: 'locked' as const }]),
  );
  throw new AppError('invalid-request', { fields });
}

/** An empty one clears it. */
function toTexts(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts.map(String).filter((text) => text.trim() !== '');
}

/** The sections that still are as the changes found them. */
export function freshIn(changes: ProfileChanges, saved: Saved): ProfileChanges {
  const fresh = recordSections.filter((section) => changes[section]?.revision === saved[section].revision);
  return Object.fromEntries(fresh.map((section) => [section, changes[section]]));
}
