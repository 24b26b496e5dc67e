import type { TextValues } from '../../../shared/i18n.ts';
import { isolate } from './isolate.ts';
import { currentCatalogue } from './language.ts';
import type { TextKey } from './parts.ts';

export type { TextValues };
export type { TextKey };
export interface Text {
  readonly key: TextKey;
  readonly values?: TextValues;
}

/** The text of a key; a value named `count` chooses between singular and plural. Numbers are grouped: 10,000. */
export function t(key: TextKey, values: TextValues = {}): string {
  const { texts, format } = currentCatalogue();
  const words = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? isolate(value) : value,
  ]);
  return format(texts.get(key) ?? key, Object.fromEntries(words) as TextValues);
}

export function textOf({ key, values }: Text): string {
  return t(key, values);
}
