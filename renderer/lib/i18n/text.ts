import type { en } from './en.ts';
import type { enSecurity } from './en-security.ts';
import type { enSessions } from './en-sessions.ts';
import { i18n } from './i18n.ts';

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string];

/** A dotted path in the catalogue, e.g. `profile.title`. A wrong one does not compile. */
export type TextKey = Paths<typeof en & typeof enSecurity & typeof enSessions>;
export type TextValues = Readonly<Record<string, string | number>>;
export interface Text {
  readonly key: TextKey;
  readonly values?: TextValues;
}

/** The text of a key; a value named `count` chooses between singular and plural. */
export function t(key: TextKey, values: TextValues = {}): string {
  const { count } = values;
  return typeof count === 'number' ? i18n.global.t(key, values, count) : i18n.global.t(key, values);
}

export function textOf({ key, values }: Text): string {
  return t(key, values);
}
