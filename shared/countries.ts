/** The second letters of the codes, by the first: a third of the size of the codes themselves on every start. */
const seconds = {
  A: 'DEFGILMOQRSTUWXZ',
  B: 'ABDEFGHIJLMNOQRSTVWYZ',
  C: 'ACDFGHIKLMNORUVWXYZ',
  D: 'EJKMOZ',
  E: 'CEGHRST',
  F: 'IJKMOR',
  G: 'ABDEFGHILMNPQRSTUWY',
  H: 'KMNRTU',
  I: 'DELMNOQRST',
  J: 'EMOP',
  K: 'EGHIMNPRWYZ',
  L: 'ABCIKRSTUVY',
  M: 'ACDEFGHKLMNOPQRSTUVWXYZ',
  N: 'ACEFGILOPRUZ',
  O: 'M',
  P: 'AEFGHKLMNRSTWY',
  Q: 'A',
  R: 'EOSUW',
  S: 'ABCDEGHIJKLMNORSTVXYZ',
  T: 'CDFGHJKLMNORTVWZ',
  U: 'AGMSYZ',
  V: 'ACEGINU',
  W: 'FS',
  X: 'K',
  Y: 'ET',
  Z: 'AMW',
};

/**
 * ISO 3166-1 alpha-2, every officially assigned code, and XK: a code for Kosovo that the standard leaves to its users,
 * and that Unicode's CLDR and the tables of phone numbers have. Names are for the screen to take from
 * Intl.DisplayNames.
 */
export const countryCodes: readonly string[] = Object.entries(seconds).flatMap(([first, others]) =>
  [...others].map((second) => first + second),
);
