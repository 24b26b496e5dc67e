/** How a field is filled in, and so what it holds. */
export type FieldKind = keyof typeof fieldTypes;
/** What the value of a field is: a text, a switch, … */
export type FieldType = (typeof fieldTypes)[FieldKind];

export interface FieldDefinition {
  readonly kind: FieldKind;
  /** Purpose for filling in (HTML, autofill detail tokens; WCAG 1.3.5). */
  readonly autocomplete?: string;
  readonly isWide?: true;
  /** The provider alone sets it: it is part of no update. */
  readonly isReadOnly?: true;
  /** Services and files older than the field lack it: there it is empty, and in a file not offered. */
  readonly isNew?: true;
}

export type SectionFields = Readonly<Record<string, FieldDefinition>>;

const fieldTypes = {
  text: 'text',
  email: 'text',
  tel: 'text',
  /** ISO 3166-1 alpha-2, upper case. */
  country: 'text',
  /** Id of one of the section's choices. */
  choice: 'text',
  'choice-or-none': 'text',
  minutes: 'number',
  switch: 'boolean',
  /** Ascending and distinct as the provider gives them. */
  thresholds: 'thresholds',
  picture: 'picture',
  /** Null if the provider does not say. */
  instant: 'instant',
} as const;

/**
 * Every field of the profile, by section: the shapes of the contract, of the cache and of the reference API come from
 * here, and so do the screen's paths. In the order of the screen (W4, W8), which is also the order in which the first
 * faulty field is looked for (W3). An empty text stands for "not set".
 */
export const profileFields = {
  avatar: { image: { kind: 'picture' } },
  user: {
    firstName: { kind: 'text', autocomplete: 'given-name' },
    lastName: { kind: 'text', autocomplete: 'family-name' },
    username: { kind: 'text', autocomplete: 'username' },
    role: { kind: 'choice' },
    company: { kind: 'text', autocomplete: 'organization', isWide: true },
    registeredAt: { kind: 'instant', isReadOnly: true },
  },
  /** How a person works in a contact center (C4, C6). WFM is workforce management. */
  workplace: {
    dialingPattern: { kind: 'choice-or-none' },
    wfmNotifications: { kind: 'switch' },
    /** Has a meaning while WFM notifications are on. */
    wfmInterval: { kind: 'minutes' },
  },
  /** Mails about the use of storage (W5, W6). */
  notifications: {
    quotaAlerts: { kind: 'switch' },
    thresholds: { kind: 'thresholds' },
    dailyReport: { kind: 'switch' },
    /** The only address that these mails go to. */
    sentTo: { kind: 'email', isReadOnly: true },
  },
  contact: {
    email: { kind: 'email', autocomplete: 'email', isWide: true },
    phone: { kind: 'tel', autocomplete: 'tel', isWide: true },
    addressLine1: { kind: 'text', autocomplete: 'address-line1', isWide: true },
    addressLine2: { kind: 'text', autocomplete: 'address-line2', isWide: true },
    city: { kind: 'text', autocomplete: 'address-level2' },
    state: { kind: 'text', autocomplete: 'address-level1' },
    postalCode: { kind: 'text', autocomplete: 'postal-code' },
    country: { kind: 'country', autocomplete: 'country' },
  },
} as const satisfies Readonly<Record<string, SectionFields>>;

/** Sections whose fields are known by name. */
export type KnownSection = keyof typeof profileFields;
/** In `more` is what a service describes itself (R3). */
export type SectionName = KnownSection | 'more';

/** In the order of saving: another e-mail is a newer revision of the notifications too. */
export const sectionNames = ['user', 'workplace', 'notifications', 'contact', 'more', 'avatar'] as const;

type EditableName<F extends SectionFields> = {
  [N in keyof F]: F[N] extends { readonly isReadOnly: true } ? never : N;
}[keyof F] &
  string;

/** Every field known by name that a person may change, e.g. `contact.email`. */
export type KnownPath = { [S in KnownSection]: `${S}.${EditableName<(typeof profileFields)[S]>}` }[KnownSection];
export type FieldName = { [S in KnownSection]: EditableName<(typeof profileFields)[S]> }[KnownSection];
/** Of a field that the service describes: what follows the first dot is its id, which may have dots itself. */
export type DescribedPath = `more.${string}`;
export type FieldPath = KnownPath | DescribedPath;

/** In the order of `profileFields`. */
export const fieldPaths = Object.entries<SectionFields>(profileFields).flatMap(([section, fields]) =>
  Object.keys(fields)
    .filter((name) => !fields[name]?.isReadOnly)
    .map((name) => `${section}.${name}`),
) as readonly KnownPath[];

export function isDescribed(path: string): path is DescribedPath {
  return path.startsWith('more.');
}

/** What a field holds that nobody has filled in. */
export const emptyValues = {
  text: '',
  number: 0,
  boolean: false,
  thresholds: [],
  picture: null,
  instant: null,
};

/** What a section has for each field, by the type of its value. */
export type FieldMap<F extends SectionFields, T extends Readonly<Record<FieldType, unknown>>> = {
  [N in keyof F]: T[(typeof fieldTypes)[F[N]['kind']]];
};

export function mapFields<F extends SectionFields, T extends Readonly<Record<FieldType, unknown>>>(
  fields: F,
  byType: T,
): FieldMap<F, T> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { kind }]) => [name, byType[fieldTypes[kind]]]),
  ) as FieldMap<F, T>;
}

/** The same for every field of a section: that it can be edited, say. */
export function fillFields<F extends object, V>(fields: F, value: V): { [N in keyof F]: V } {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, value])) as { [N in keyof F]: V };
}
