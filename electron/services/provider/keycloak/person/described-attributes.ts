import type { DescribedField, DescribedKind } from '../../../../../shared/contract/account/described-fields.ts';
import { maxChoices } from '../../../../../shared/contract/account/described-fields.ts';
import { cleanText } from '../../../core/clean-text.ts';
import { isKey } from '../messages.ts';
import type { RemoteAttribute } from './person.ts';

type Rules = Readonly<Record<string, unknown>>;
type Choices = DescribedField['choices'];

/** What the realm says of an attribute, in the app's words for it; `values` are those that it holds now. */
export function describeAttribute(
  attribute: RemoteAttribute,
  values: readonly string[],
  ownChoices: Choices = readChoices(attribute),
): DescribedField {
  const { name, displayName, annotations, required, group } = attribute;
  const kind = kindOf(attribute, values, ownChoices);
  return {
    id: name,
    label: toLabel(displayName, name),
    help: [annotations?.['inputHelperTextBefore'], annotations?.['inputHelperTextAfter']]
      .map((text) => toWords(text, 500))
      .filter(Boolean)
      .join(' '),
    kind,
    isRequired: required === true,
    group: group ?? null,
    choices: kind === 'one-of' || kind === 'several-of' ? ownChoices : [],
    limits: readLimits(attribute, kind),
  };
}

function kindOf(attribute: RemoteAttribute, values: readonly string[], choices: Choices): DescribedKind {
  // One value is meant, and more are there: each can be seen and taken away so.
  const isList = attribute.multivalued === true || values.length > 1;
  if (choices.length === 0) return isList ? 'list' : typedKindOf(attribute, values[0] ?? '');
  if (isList) return 'several-of';
  return isYesOrNo(choices) ? 'yes-no' : 'one-of';
}

/** Without a name for either, their own words say more. */
function isYesOrNo(choices: Choices): boolean {
  const plain = choices.filter(({ id, name }) => id === name).map(({ id }) => id);
  return choices.length === 2 && plain.includes('true') && plain.includes('false');
}

const kindsByRule: readonly (readonly [string, DescribedKind])[] = [
  ['email', 'email'],
  ['uri', 'link'],
  ['integer', 'number'],
  ['double', 'number'],
  ['iso-date', 'date'],
];

const kindsByInput: ReadonlyMap<unknown, DescribedKind> = new Map([
  ['textarea', 'multi-line'],
  ['html5-email', 'email'],
  ['html5-tel', 'phone'],
  ['html5-url', 'link'],
  ['html5-number', 'number'],
  ['html5-range', 'number'],
  ['html5-date', 'date'],
]);

function typedKindOf({ annotations, validators }: RemoteAttribute, value: string): DescribedKind {
  const byRule = kindsByRule.find(([rule]) => validators?.[rule] !== undefined)?.[1];
  const kind = byRule ?? kindsByInput.get(annotations?.['inputType']) ?? 'text';
  // A day in the form of some country, by its rule or by what is there, is a text like any other.
  const isOtherDay = validators?.['local-date'] !== undefined || !/^(\d{4}-\d{2}-\d{2})?$/.test(value);
  return kind === 'date' && isOtherDay ? 'text' : kind;
}

/** Where the realm lists more than can be shown, anything may be typed, and the realm judges. */
function readChoices({ annotations, validators }: RemoteAttribute): Choices {
  const rule = annotations?.['inputOptionsFromValidation'];
  const listed = toRules(validators?.[typeof rule === 'string' ? rule : 'options'])['options'];
  const labels = toRules(annotations?.['inputOptionLabels']);
  const ids = Array.isArray(listed) ? listed.filter((id): id is string => typeof id === 'string' && id !== '') : [];
  if (ids.length > maxChoices) return [];
  return [...new Set(ids)].map((id) => ({ id, name: nameChoice(labels[id], id) }));
}

/** Of a key that nobody has words for, its last part, unless that is the id in other letters. */
function nameChoice(label: unknown, id: string): string {
  const plain = cleanText(id).slice(0, 200);
  if (!isKey(label)) return toWords(label, 200) || plain;
  const read = toLabel(label, id);
  return read.toLowerCase() === plain.toLowerCase() ? plain : read;
}

function readLimits({ validators }: RemoteAttribute, kind: DescribedKind): DescribedField['limits'] {
  const rule = (name: string) => toRules(validators?.[name]);
  const isList = kind === 'list' || kind === 'several-of';
  const number = kind === 'number' ? { ...rule('double'), ...rule('integer') } : {};
  const found: DescribedField['limits'] = {
    minLength: toCount(rule('length')['min']),
    maxLength: toCount(rule('length')['max']),
    minCount: isList ? toCount(rule('multivalued')['min']) : undefined,
    maxCount: isList ? toCount(rule('multivalued')['max']) : undefined,
    min: toNumber(number['min']),
    max: toNumber(number['max']),
    pattern: toWords(rule('pattern')['error-message'], 300) || undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, limit]) => limit !== undefined));
}

function toRules(value: unknown): Rules {
  return typeof value === 'object' && value !== null ? (value as Rules) : {};
}

/** Numbers come as the administrator wrote them, mostly as texts. */
function toNumber(value: unknown): number | undefined {
  const isGiven = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  return isGiven && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

/** None is no limit. */
function toCount(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** What an administrator wrote; empty for a key (`${department}`), which the realm has no words for. */
export function toWords(text: unknown, maxLength: number): string {
  return typeof text === 'string' && !isKey(text) ? cleanText(text).slice(0, maxLength) : '';
}

/** The last part of a key or a name, as words: `costCenter` and `cost_center` are "Cost center". */
export function toLabel(displayName: string | null | undefined, name: string): string {
  const words = displayName === name ? '' : toWords(displayName, 200);
  if (words) return words;
  const last = isKey(displayName) ? (displayName.slice(2, -1).split('.').at(-1) ?? '') : '';
  const plain = cleanText((last || name).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[._-]+/g, ' ')).toLowerCase();
  return `${plain.slice(0, 1).toUpperCase()}${plain.slice(1, 200)}` || name;
}
