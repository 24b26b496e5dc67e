import * as z from 'zod';
import type { DescribedField, DescribedKind } from '../../../../../shared/contract/account/described-fields.ts';
import { fieldId, maxChoices, maxFields } from '../../../../../shared/contract/account/described-fields.ts';
import { cleanShort } from '../../../core/clean-text.ts';
import { toSegment, type SignedSender } from '../../signed-sender.ts';

// What an operator says of a person: a JSON Schema (draft 7), whose `traits` are the person's own part of the record.

const text = z.string().max(10_000);
const number = z.number().optional().catch(undefined);

/** Of a value. What is written in another way than these is not shown, and stays as it is. */
const traitSchema = z.looseObject({
  type: z.string().optional().catch(undefined),
  title: text.optional().catch(undefined),
  description: text.optional().catch(undefined),
  format: text.optional().catch(undefined),
  enum: z.array(z.unknown()).optional().catch(undefined),
  minLength: number,
  maxLength: number,
  minimum: number,
  maximum: number,
  minItems: number,
  maxItems: number,
  required: z.array(text).optional().catch(undefined),
  properties: z.record(z.string(), z.unknown()).optional().catch(undefined),
  items: z.unknown().optional(),
  /** A convention of operators: nobody is to change it. */
  disableFormField: z.boolean().optional().catch(undefined),
  readOnly: z.boolean().optional().catch(undefined),
  'ory.sh/kratos': z.record(z.string(), z.unknown()).optional().catch(undefined),
});
type RemoteTrait = z.infer<typeof traitSchema>;

const remoteIdentitySchemaSchema = z.object({ properties: z.object({ traits: traitSchema }) });

/** A value of the person's record, by its path: `name.first`. */
export interface Trait {
  readonly path: string;
  /** How it is kept: a list is one of texts. */
  readonly keptAs: 'text' | 'number' | 'yes-no' | 'list';
  readonly described: DescribedField;
  readonly isFixed: boolean;
  /** It names the person at a sign-in, or mails go there: a change of it takes a fresh sign-in. */
  readonly isGuarded: boolean;
}

/** Objects in objects, of which a person hardly has one. */
const maxDepth = 5;

/** Anybody may ask. Errors: AppError offline, untrusted-answer. */
export async function readTraits(send: SignedSender, schemaId: string): Promise<readonly Trait[]> {
  const path = `/schemas/${toSegment(schemaId)}`;
  const { body } = await send({ method: 'GET', path, schema: remoteIdentitySchemaSchema });
  return traitsOf(body.properties.traits);
}

/** In the order of the schema. */
function traitsOf(traits: unknown): readonly Trait[] {
  const root = traitSchema.safeParse(traits).data;
  return root ? inside(root, { path: '', group: null }, maxDepth).slice(0, maxFields) : [];
}

interface Place {
  /** Empty for the whole, else with a dot at its end. */
  readonly path: string;
  /** Title of the object that it is in. */
  readonly group: string | null;
}

function inside({ properties = {}, required = [] }: RemoteTrait, { path, group }: Place, depth: number): Trait[] {
  if (depth === 0) return [];
  return Object.entries(properties).flatMap(([key, value]) => {
    const trait = traitSchema.safeParse(value).data;
    // A dot would make another path of it, and what is looked up by it may not be found in every object.
    if (!trait || key.includes('.') || !fieldId.safeParse(path + key).success || key in {}) return [];
    if (trait.type === 'object')
      return inside(trait, { path: `${path}${key}.`, group: cleanShort(trait.title, 100) || group }, depth - 1);
    return toTrait(trait, { path: path + key, key, group, isRequired: required.includes(key) }) ?? [];
  });
}

interface Named extends Place {
  readonly key: string;
  readonly isRequired: boolean;
}

function toTrait(trait: RemoteTrait, { path, key, group, isRequired }: Named): Trait | undefined {
  const form = formOf(trait);
  if (!form) return undefined;
  const own = trait['ory.sh/kratos'] ?? {};
  return {
    path,
    keptAs: form.as,
    isFixed: trait.disableFormField === true || trait.readOnly === true,
    isGuarded: ['credentials', 'verification', 'recovery'].some((each) => own[each] !== undefined),
    described: {
      id: path,
      label: cleanShort(trait.title, 200) || toWords(key),
      help: cleanShort(trait.description, 1_000),
      kind: form.kind,
      isRequired,
      group,
      choices: form.choices,
      limits: limitsOf(trait),
    },
  };
}

interface TraitForm {
  readonly as: Trait['keptAs'];
  readonly kind: DescribedKind;
  readonly choices: DescribedField['choices'];
}

function formOf(trait: RemoteTrait): TraitForm | undefined {
  const choices = choicesOf(trait);
  switch (trait.type) {
    case 'string':
      return { as: 'text', kind: choices.length > 0 ? 'one-of' : kindOf(trait.format), choices };
    case 'number':
    case 'integer':
      return { as: 'number', kind: 'number', choices: [] };
    case 'boolean':
      return { as: 'yes-no', kind: 'yes-no', choices: [] };
    case 'array':
      return listOf(trait.items);
    default:
      return undefined;
  }
}

function listOf(items: unknown): TraitForm | undefined {
  const item = traitSchema.safeParse(items).data;
  if (item?.type !== 'string') return undefined;
  const choices = choicesOf(item);
  return { as: 'list', kind: choices.length > 0 ? 'several-of' : 'list', choices };
}

const kinds: ReadonlyMap<string | undefined, DescribedKind> = new Map<string | undefined, DescribedKind>([
  ['email', 'email'],
  ['tel', 'phone'],
  ['uri', 'link'],
  ['date', 'date'],
]);

function kindOf(format: string | undefined): DescribedKind {
  return kinds.get(format) ?? 'text';
}

/** Where there are more than can be shown, anything may be typed, and the service judges. */
function choicesOf({ enum: listed = [] }: RemoteTrait): DescribedField['choices'] {
  const ids = listed.filter((id): id is string => typeof id === 'string' && id !== '' && id.length <= 10_000);
  return ids.length > maxChoices ? [] : [...new Set(ids)].map((id) => ({ id, name: cleanShort(id, 200) }));
}

function limitsOf({
  minLength,
  maxLength,
  minimum,
  maximum,
  minItems,
  maxItems,
}: RemoteTrait): DescribedField['limits'] {
  const counts = { minLength, maxLength, minCount: minItems, maxCount: maxItems };
  const isCount = (value: number | undefined) => value !== undefined && Number.isSafeInteger(value) && value > 0;
  const isNumber = (value: number | undefined) => value !== undefined && Number.isFinite(value);
  return Object.fromEntries([
    ...Object.entries(counts).filter(([, value]) => isCount(value)),
    ...Object.entries({ min: minimum, max: maximum }).filter(([, value]) => isNumber(value)),
  ]);
}

/** `costCenter` and `cost_center` are "Cost center". */
function toWords(key: string): string {
  const words = key
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}` || key;
}
