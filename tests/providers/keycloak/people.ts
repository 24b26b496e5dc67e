// The people of the realm "staff", for the real Keycloak and for the stand-in alike. A test that changes a person makes
// one of its own (`makePerson` of each world); these are for reading.

export interface Person {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly password: string;
  /** Roles of the client `account`: what the account API allows this person. */
  readonly accountRoles: readonly string[];
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
}

/** What every new person of a realm gets, unless the administrator says otherwise. */
export const ordinaryRoles = ['view-profile', 'manage-account'];

/** Everything that the account API knows. */
export const allRoles = [
  ...ordinaryRoles,
  'manage-account-links',
  'view-applications',
  'view-consent',
  'manage-consent',
  'view-groups',
  'delete-account',
];

const password = 'Sunny-garden-42';

export const ada: Person = {
  username: 'ada',
  firstName: 'Ada',
  lastName: 'Berg',
  email: 'ada@staff.example',
  password,
  accountRoles: allRoles,
  attributes: {
    nickname: ['Ad'],
    department: ['research'],
    languages: ['en', 'de'],
    birthdate: ['1990-05-17'],
    desk: ['42'],
    phone_number: ['+43 1 5550 100'],
    badge: ['B-1001'],
    locale: ['en'],
  },
};

export const otto: Person = {
  username: 'otto',
  firstName: 'Otto',
  lastName: 'Lind',
  email: 'otto@staff.example',
  password,
  accountRoles: ordinaryRoles,
  attributes: { badge: ['B-1002'] },
};

/** May look and change nothing. */
export const vera: Person = {
  username: 'vera',
  firstName: 'Vera',
  lastName: 'Holm',
  email: 'vera@staff.example',
  password,
  accountRoles: ['view-profile'],
  attributes: { department: ['sales'], badge: ['B-1003'] },
};

/** Has no role of `account`: the token names no audience of that name, and the account API answers 401. */
export const nora: Person = {
  username: 'nora',
  firstName: 'Nora',
  lastName: 'Falk',
  email: 'nora@staff.example',
  password,
  accountRoles: [],
};

export const people: readonly Person[] = [ada, otto, vera, nora];

/** The same person at the other realm, which "staff" knows as the identity provider `partner`. */
export const adaAtPartner: Person = {
  ...ada,
  username: 'ada.berg',
  email: 'ada.berg@partner.example',
  accountRoles: ordinaryRoles,
  attributes: {},
};
