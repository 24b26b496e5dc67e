import type { DescribedField, DescribedKind } from '../../../../../shared/contract/account/described-fields.ts';
import type { FieldName } from '../../../../../shared/profile-fields.ts';

// Where what a service calls its own stands on the page, for a service that keeps a person as one record.

/** The sections that are parts of the one record. */
export const recordSections = ['user', 'contact', 'more'] as const;
export type RecordSection = (typeof recordSections)[number];

/** A value of the record, and where it stands. */
export interface PlacedField {
  readonly section: RecordSection;
  /** Its field there; in `more` the service's own name. */
  readonly field: string;
  /** The service's own. */
  readonly name: string;
  /** In `more` alone. */
  readonly described?: DescribedField;
}

export type Layout = readonly PlacedField[];

/** What the record holds of a name; undefined where that cannot be shown: it stays as it is. */
export type ValuesOf = (name: string) => readonly string[] | undefined;

export interface KnownPlace {
  readonly section: 'user' | 'contact';
  readonly field: FieldName;
  /** The first of them that there is. */
  readonly names: readonly string[];
}

/** Names of OpenID Connect, of LDAP mappers, and common ones. */
export const wellKnownPlaces: readonly KnownPlace[] = [
  { section: 'user', field: 'company', names: ['company', 'organization', 'organisation'] },
  { section: 'contact', field: 'phone', names: ['phone_number', 'phoneNumber', 'phone'] },
  {
    section: 'contact',
    field: 'addressLine1',
    names: ['address.street_address', 'street_address', 'streetAddress', 'street'],
  },
  { section: 'contact', field: 'city', names: ['address.locality', 'locality', 'city'] },
  { section: 'contact', field: 'state', names: ['address.region', 'region', 'state'] },
  {
    section: 'contact',
    field: 'postalCode',
    names: ['address.postal_code', 'postal_code', 'postalCode', 'zip'],
  },
  { section: 'contact', field: 'country', names: ['address.country', 'country'] },
];

/** Whether the field that the app knows can hold what the service takes there. */
export function fitsIn(field: FieldName, kind: DescribedKind, [value = '']: readonly string[]): boolean {
  if (field === 'country') return kind === 'text' && /^([A-Z]{2})?$/.test(value);
  return kind === 'text' || (field === 'phone' && kind === 'phone');
}
