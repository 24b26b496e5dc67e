import type { en } from './en.ts';
import type { enAccount } from './en-account.ts';
import type { enApiCalls } from './en-api-calls.ts';
import type { enConnect } from './en-connect.ts';
import type { enIdentities } from './en-identities.ts';
import type { enIdentityKeys } from './en-identity-keys.ts';
import type { enKeyProblems } from './en-key-problems.ts';
import type { enKeys } from './en-keys.ts';
import type { enSecurity } from './en-security.ts';
import type { enSessions } from './en-sessions.ts';
import type { enUpdate } from './en-update.ts';
import { whenNeeded } from '../when-needed.ts';
import { i18n, locale } from './i18n.ts';
import { isolate } from './isolate.ts';

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string];

/** A dotted path in the catalogue, e.g. `profile.title`. A wrong one does not compile. */
export type TextKey = Paths<
  typeof en &
    typeof enAccount &
    typeof enApiCalls &
    typeof enConnect &
    typeof enIdentities &
    typeof enIdentityKeys &
    typeof enKeys & { readonly keyProblems: typeof enKeyProblems } & typeof enSecurity &
    typeof enSessions &
    typeof enUpdate
>;
export type TextValues = Readonly<Record<string, string | number>>;
export interface Text {
  readonly key: TextKey;
  readonly values?: TextValues;
}

const numbers = whenNeeded(() => new Intl.NumberFormat(locale));

/** The text of a key; a value named `count` chooses between singular and plural. Numbers are grouped: 10,000. */
export function t(key: TextKey, values: TextValues = {}): string {
  const { count } = values;
  const words = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? numbers().format(value) : isolate(value),
    ]),
  );
  return typeof count === 'number' ? i18n.global.t(key, words, count) : i18n.global.t(key, words);
}

export function textOf({ key, values }: Text): string {
  return t(key, values);
}
