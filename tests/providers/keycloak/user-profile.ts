// The user profile of the realm "staff": one attribute of each kind that the account API can describe. In the form of
// Keycloak's declarative user profile (component `declarative-user-profile`, `kc.user.profile.config`).

export interface ProfileAttribute {
  readonly name: string;
  readonly displayName: string;
  readonly group?: string;
  readonly multivalued?: boolean;
  readonly required?: { readonly roles: readonly string[] };
  readonly permissions: { readonly view: readonly string[]; readonly edit: readonly string[] };
  readonly validations?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

export interface ProfileGroup {
  readonly name: string;
  readonly displayHeader: string;
  readonly displayDescription: string;
  readonly annotations: Readonly<Record<string, unknown>>;
}

const open = { view: ['admin', 'user'], edit: ['admin', 'user'] };
const readOnly = { view: ['admin', 'user'], edit: ['admin'] };
const byPerson = { roles: ['user'] };
const personName = { length: { max: 255 }, 'person-name-prohibited-characters': {} };

const builtIn: readonly ProfileAttribute[] = [
  {
    name: 'username',
    displayName: '${username}',
    permissions: open,
    validations: {
      length: { min: 3, max: 255 },
      'username-prohibited-characters': {},
      'up-username-not-idn-homograph': {},
    },
  },
  {
    name: 'email',
    displayName: '${email}',
    required: byPerson,
    permissions: open,
    validations: { email: {}, length: { max: 255 } },
  },
  { name: 'firstName', displayName: '${firstName}', required: byPerson, permissions: open, validations: personName },
  { name: 'lastName', displayName: '${lastName}', required: byPerson, permissions: open, validations: personName },
];

const own: readonly ProfileAttribute[] = [
  {
    name: 'nickname',
    displayName: 'Nickname',
    permissions: open,
    validations: { length: { min: 2, max: 20 } },
    annotations: { inputHelperTextBefore: 'What colleagues call you', inputTypePlaceholder: 'Addie' },
  },
  {
    name: 'about',
    displayName: 'About you',
    permissions: open,
    validations: { length: { max: 500 } },
    annotations: { inputType: 'textarea', inputTypeRows: '4' },
  },
  {
    name: 'department',
    displayName: 'Department',
    group: 'work',
    permissions: open,
    validations: { options: { options: ['research', 'sales', 'support'] } },
    annotations: {
      inputType: 'select',
      inputOptionLabels: { research: 'Research', sales: 'Sales', support: 'Support' },
    },
  },
  {
    name: 'languages',
    displayName: 'Languages',
    group: 'work',
    multivalued: true,
    permissions: open,
    validations: { options: { options: ['en', 'de', 'fr'] }, multivalued: { min: '0', max: '2' } },
    annotations: { inputType: 'multiselect-checkboxes', inputOptionLabelsI18nPrefix: 'language' },
  },
  {
    name: 'birthdate',
    displayName: 'Date of birth',
    permissions: open,
    validations: { 'iso-date': {} },
    annotations: { inputType: 'html5-date' },
  },
  {
    name: 'desk',
    displayName: 'Desk',
    group: 'work',
    permissions: open,
    validations: { integer: { min: '1', max: '999' } },
    annotations: { inputType: 'html5-number' },
  },
  {
    name: 'phone_number',
    displayName: 'Phone',
    permissions: open,
    validations: {
      pattern: { pattern: '^\\+[0-9 ]{6,20}$', 'error-message': 'A number begins with + and the country' },
    },
    annotations: { inputType: 'html5-tel' },
  },
  {
    name: 'website',
    displayName: 'Website',
    permissions: open,
    validations: { uri: {} },
    annotations: { inputType: 'html5-url' },
  },
  {
    name: 'nicknames_before',
    displayName: 'Earlier nicknames',
    multivalued: true,
    permissions: open,
    validations: { multivalued: { max: '3' } },
  },
  { name: 'badge', displayName: 'Badge', group: 'work', permissions: readOnly },
  { name: 'remark', displayName: 'Remark', permissions: { view: ['admin'], edit: ['admin'] } },
];

export const profileAttributes: readonly ProfileAttribute[] = [...builtIn, ...own];

export const profileGroups: readonly ProfileGroup[] = [
  { name: 'work', displayHeader: 'Work', displayDescription: 'Where you are found in the house', annotations: {} },
];
