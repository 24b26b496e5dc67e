import type { SshKey } from '../../../../shared/contract/keys/ssh-keys.ts';
import { perLanguage } from '../../../lib/i18n/language.ts';

export const sortKeys = ['added', 'used', 'title', 'type'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface KeyOrder {
  readonly by: SortKey;
  /** Times run from the newest, names from A; reversed the other way round. */
  readonly isReversed: boolean;
}

const collator = perLanguage((language) => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }));

/** What each key can be found by, in the order of the keys: title, type and both fingerprints. */
export function indexKeys(keys: readonly SshKey[]): readonly string[] {
  return keys.map(({ title, type, sha256, md5 }) => `${title}\n${type}\n${sha256}\n${md5}`.toLocaleLowerCase());
}

/** Those in which every word occurs; `index` as `indexKeys` gives it for the same keys. */
export function findKeys(keys: readonly SshKey[], index: readonly string[], text: string): readonly SshKey[] {
  const words = text.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return words.length === 0 ? keys : keys.filter((_key, at) => words.every((word) => index[at]?.includes(word)));
}

/** Keys that were never used come last, in either direction. */
export function sortKeysBy(keys: readonly SshKey[], { by, isReversed }: KeyOrder): SshKey[] {
  const direction = isReversed ? -1 : 1;
  return [...keys].sort((a, b) => compare(a, b, by, direction));
}

function compare(a: SshKey, b: SshKey, by: SortKey, direction: number): number {
  switch (by) {
    case 'added':
      return direction * compareText(b.addedAt, a.addedAt);
    case 'used':
      return (
        Number(a.lastUsedAt === null) - Number(b.lastUsedAt === null) ||
        direction * compareText(b.lastUsedAt ?? '', a.lastUsedAt ?? '')
      );
    case 'title':
      return direction * collator().compare(a.title, b.title);
    case 'type':
      return direction * (compareText(a.type, b.type) || a.bits - b.bits);
  }
}

/** Instants of one form, and names of a protocol: no language decides. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
