import { problem, type Message } from './nodes.ts';

// A part of JSON Schema, as Kratos says what is wrong.

interface Rule {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: Rule;
  readonly properties?: Readonly<Record<string, Rule>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

/** Path, and what is wrong there. */
type Found = readonly [string, Message];

export function judgeTraits(rule: object, value: unknown, path = 'traits'): Found[] {
  return judge(rule as Rule, value, path);
}

function judge(rule: Rule, value: unknown, path: string): Found[] {
  const actual = typeOf(value);
  if (rule.type !== undefined && rule.type !== actual && !(rule.type === 'number' && actual === 'integer'))
    return [[path, problem(4000026, 'wrong type', { actual_type: actual, allowed_types: [rule.type] })]];
  if (typeof value === 'string') return judgeText(rule, value).map((each) => [path, each]);
  if (typeof value === 'number') return judgeNumber(rule, value).map((each) => [path, each]);
  if (Array.isArray(value)) return judgeList(rule, value, path);
  return actual === 'object' ? judgeObject(rule, value as Readonly<Record<string, unknown>>, path) : [];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return value === null ? 'null' : typeof value;
}

const formats: Readonly<Record<string, (value: string) => boolean>> = {
  email: (value) => /^[^\s@]+@[^\s@]+$/.test(value),
  tel: (value) => /^\+[\d ()-]{6,}$/.test(value),
  uri: (value) => URL.canParse(value),
  date: (value) => /^\d{4}-\d\d-\d\d$/.test(value),
};

function judgeText(rule: Rule, value: string): Message[] {
  const { format, minLength = 0, maxLength = Infinity, pattern } = rule;
  const found: Message[] = [];
  if (format && !formats[format]?.(value)) found.push(ofFormat(format, value));
  if (value.length < minLength)
    found.push(problem(4000003, 'too short', { min_length: minLength, actual_length: value.length }));
  if (value.length > maxLength)
    found.push(problem(4000017, 'too long', { max_length: maxLength, actual_length: value.length }));
  if (pattern && !new RegExp(pattern).test(value)) found.push(problem(4000004, 'pattern', { pattern }));
  if (rule.enum && !rule.enum.includes(value)) found.push(sentence('value must be one of the listed'));
  return found;
}

function ofFormat(format: string, value: string): Message {
  if (format === 'email') return problem(4000040, 'Enter a valid email address', { value });
  if (format === 'tel') return problem(4000041, 'Enter a valid phone number', { value });
  return sentence(`"${value}" is not valid "${format}"`);
}

function sentence(reason: string): Message {
  return problem(4000001, reason, { reason });
}

function judgeNumber({ minimum = -Infinity, maximum = Infinity }: Rule, actual: number): Message[] {
  if (actual < minimum) return [problem(4000018, 'too small', { minimum, actual })];
  return actual > maximum ? [problem(4000020, 'too large', { maximum, actual })] : [];
}

function judgeList({ maxItems = Infinity, uniqueItems, items = {} }: Rule, value: unknown[], path: string): Found[] {
  if (value.length > maxItems)
    return [[path, problem(4000023, 'too many', { max_items: maxItems, actual_items: value.length })]];
  if (uniqueItems && new Set(value).size < value.length)
    return [[path, problem(4000025, 'equal', { index_a: 0, index_b: 1 })]];
  return value.flatMap((each, index) => judge(items, each, `${path}.${index}`));
}

function judgeObject(rule: Rule, value: Readonly<Record<string, unknown>>, path: string): Found[] {
  const { properties = {}, required = [], additionalProperties = true } = rule;
  const unknown = Object.keys(value).filter((key) => !additionalProperties && !(key in properties));
  const missing = required.filter((key) => value[key] === undefined);
  return [
    ...unknown.map((key) => [path, sentence(`additionalProperties "${key}" not allowed`)] as const),
    ...missing.map((property) => [`${path}.${property}`, problem(4000002, 'missing', { property })] as const),
    ...Object.entries(properties).flatMap(([key, each]) =>
      value[key] === undefined ? [] : judge(each, value[key], `${path}.${key}`),
    ),
  ];
}
