import * as z from 'zod';

type Pick = (below: number) => number;

/** What a JSON Schema of zod's says; what is left out here the generator does not use. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * Values that the app gave out or took before, by the name of their field: an id that is right gets further than one
 * that is not.
 */
export type Known = (field: string) => readonly unknown[];

const texts = [
  '',
  ' ',
  'Bern',
  'Mara Lindqvist',
  'x@example.com',
  '123456',
  '+49 30 1234567',
  'DE',
  '🜂🜄👩‍🚀',
  'a\u0301',
  '\u202Etxt.exe',
  'line\nbreak',
  '\r\nX-Header: 1',
  '\u0000',
  '"><script>',
  "' OR 1=1 --",
  '../../etc/passwd',
  '%00',
  '${7*7}',
  '{name} | @:x',
  '__proto__',
  'constructor',
  '-1',
  'NaN',
  '1e309',
  '\uD800',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl x',
  '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----\n',
  'data:image/png;base64,AAAA',
  'https://profile.example.com',
  'http://127.0.0.1:1',
  'file:///etc/passwd',
  '*',
] as const;
const instants = [
  '2026-01-15T12:00:00.000Z',
  '2026-02-28T23:59:59Z',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
  '2024-02-29T00:00:00.123456789Z',
] as const;
const numbers = [
  0,
  1,
  -1,
  2,
  3,
  5,
  16,
  26,
  30,
  32,
  60,
  100,
  1_000,
  65_536,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 53 - 1,
  -(2 ** 53),
  0.5,
  1e308,
] as const;

/** Makes inputs of one call: as its schema wants them, the same with damage, and such as nobody would send. */
export function createInputMaker(schema: z.ZodType, pick: Pick, known: Known): () => unknown {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  const make = createGenerator(pick, known);
  return () => {
    const kind = pick(10);
    if (kind === 0) return oddValue(pick, 0);
    const value = make(shape, '');
    if (kind < 5) return value;
    let damaged = value;
    for (let count = 1 + pick(3); count > 0; count -= 1) damaged = damage(damaged, pick);
    return damaged;
  };
}

function createGenerator(pick: Pick, known: Known) {
  const oneOf = <T>(all: readonly T[]): T => all[pick(all.length)] as T;
  const between = (from: number, to: number) => from + pick(Math.min(to - from, 2 ** 31) + 1);

  function makeText({ format, minLength = 0, maxLength = 100_000 }: Shape): string {
    if (format === 'date-time') return oneOf(instants);
    const text = pick(50) === 0 ? 'x'.repeat(oneOf([minLength, maxLength, Math.min(maxLength, 1_000)])) : oneOf(texts);
    return text.padEnd(minLength, 'x').slice(0, maxLength);
  }

  function makeNumber({ type, minimum = -(2 ** 53), maximum = 2 ** 53 }: Shape): number {
    const fitting = [...numbers, minimum, maximum].filter(
      (each) => each >= minimum && each <= maximum && (type === 'number' || Number.isInteger(each)),
    );
    return oneOf(fitting.length > 0 ? fitting : numbers);
  }

  function makeObject({ properties = {}, required = [] }: Shape): object {
    const wanted = Object.entries(properties).filter(([name]) => required.includes(name) || pick(2) === 0);
    return Object.fromEntries(wanted.map(([name, each]) => [name, make(each, name)]));
  }

  function makeList(field: string, { items = {}, minItems = 0, maxItems = 4 }: Shape): unknown[] {
    return Array.from({ length: between(minItems, Math.min(maxItems, minItems + 3)) }, () => make(items, field));
  }

  function make(shape: Shape, field: string): unknown {
    const options = shape.anyOf ?? shape.oneOf;
    if (options) return make(oneOf(options), field);
    if ('const' in shape) return shape.const;
    if (shape.enum) return oneOf(shape.enum);
    if (shape.type === 'object') return makeObject(shape);
    if (shape.type === 'array') return makeList(field, shape);
    if (shape.type === 'null') return null;
    const remembered = known(field).filter(
      (value) => typeof value === (shape.type === 'integer' ? 'number' : shape.type),
    );
    if (remembered.length > 0 && pick(4) > 0) return oneOf(remembered);
    if (shape.type === 'string') return makeText(shape);
    if (shape.type === 'boolean') return pick(2) === 0;
    if (shape.type === 'number' || shape.type === 'integer') return makeNumber(shape);
    // What JSON has no word for: bytes, or nothing at all.
    return field === '' ? undefined : Buffer.from(oneOf(texts));
  }
  return make;
}

/** Changes one place in a value. */
function damage(value: unknown, pick: Pick): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || pick(6) === 0)
    return oddValue(pick, 0);
  const changed: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  const places = Object.keys(changed);
  const at = places[pick(places.length || 1)];
  const fields = changed as Record<string, unknown>;
  switch (pick(5)) {
    case 0:
      if (at !== undefined) Reflect.deleteProperty(fields, at);
      break;
    case 1:
      Object.defineProperty(fields, ['__proto__', 'extra', '', 'toString', 'then'][pick(5)] ?? '', {
        value: oddValue(pick, 0),
        enumerable: true,
      });
      break;
    case 2:
      if (Array.isArray(changed)) changed.push(...changed);
      break;
    default:
      if (at !== undefined) fields[at] = damage(fields[at], pick);
  }
  return changed;
}

/** What the structured clone of a page can carry, and no screen of ours would. */
function oddValue(pick: Pick, depth: number): unknown {
  const inner = () => (depth > 3 ? 0 : oddValue(pick, depth + 1));
  const odd: readonly (() => unknown)[] = [
    () => undefined,
    () => null,
    () => true,
    () => numbers[pick(numbers.length)],
    () => Number.NaN,
    () => Number.POSITIVE_INFINITY,
    () => -0,
    () => texts[pick(texts.length)],
    () => 'x'.repeat(200_000),
    () => 2n ** 64n,
    () => new Date(Number.NaN),
    () => new Map([[inner(), inner()]]),
    () => new Set([inner()]),
    () => new Uint8Array(pick(1_000)),
    () => [inner(), inner()],
    () => ({ a: inner() }),
    () => cyclic(),
    () => new Array(10_000).fill(null),
    () => Object.create(null) as object,
    () => new Error('x'),
    () => /x/,
    () => nested(2_000),
  ];
  return odd[pick(odd.length)]?.();
}

function cyclic(): object {
  const value: { self?: object } = {};
  value.self = value;
  return value;
}

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
