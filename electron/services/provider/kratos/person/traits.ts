import { maxValues } from '../../../../../shared/contract/account/described-fields.ts';
import type { ValuesOf } from '../../common/record/placed-field.ts';
import type { Trait } from './identity-schema.ts';

/** The person's own part of the record, as JSON. */
export type Traits = Readonly<Record<string, unknown>>;

const maxLength = 10_000;

/** What the record holds, as texts; undefined where it is another thing than its schema says. */
export function valuesIn(traits: Traits, all: readonly Trait[]): ValuesOf {
  const byPath = new Map(all.map((trait) => [trait.path, trait]));
  return (path) => {
    const trait = byPath.get(path);
    return trait && toTexts(find(traits, path), trait.keptAs);
  };
}

function find(traits: Traits, path: string): unknown {
  let found: unknown = traits;
  for (const key of path.split('.')) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toTexts(value: unknown, keptAs: Trait['keptAs']): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (keptAs === 'list') return isListed(value) ? value : undefined;
  if (typeof value !== typesOf[keptAs]) return undefined;
  const text = String(value);
  return text.length <= maxLength ? [text] : undefined;
}

function isListed(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= maxValues &&
    value.every((each) => typeof each === 'string' && each.length <= maxLength)
  );
}

const typesOf = { text: 'string', number: 'number', 'yes-no': 'boolean' } as const;

/** The whole record with other values, which is what a write takes: what is left out of it would be removed. */
export function withTexts(
  traits: Traits,
  all: readonly Trait[],
  changes: ReadonlyMap<string, readonly string[]>,
): Traits {
  return all.reduce((next, { path, keptAs }) => {
    const texts = changes.get(path);
    return texts ? withValue(next, path.split('.'), toValue(texts, keptAs)) : next;
  }, traits);
}

function withValue(object: Traits, [key = '', ...rest]: readonly string[], value: unknown): Traits {
  const before = Object.hasOwn(object, key) ? object[key] : undefined;
  const next = rest.length === 0 ? value : inside(before, rest, value);
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]]);
}

/** An object that nothing is in would be refused where it wants something. */
function inside(before: unknown, path: readonly string[], value: unknown): Traits | undefined {
  const next = withValue(isObject(before) ? before : {}, path, value);
  return before === undefined && Object.keys(next).length === 0 ? undefined : next;
}

/** Undefined for none. What is no number goes as it was typed: the service says so at its field. */
function toValue(texts: readonly string[], keptAs: Trait['keptAs']): unknown {
  if (texts.length === 0) return undefined;
  if (keptAs === 'list') return texts;
  const [text = ''] = texts;
  if (keptAs === 'yes-no') return text === 'true';
  const number = Number(text);
  return keptAs === 'number' && Number.isFinite(number) ? number : text;
}
