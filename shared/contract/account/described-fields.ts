import * as z from 'zod';
import { text } from '../base.ts';

// Fields that a service describes itself (R3): what it calls them, how they are filled in, and what it takes. Every
// text is the service's own, cleaned.

export const maxFields = 200;
export const maxValues = 500;
export const maxChoices = 1_000;

/** The service's own name of a field, a plain one: it is a key. */
export const fieldId = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][\w.-]*$/);

/** How a field is filled in. Of `several-of` and `list` the value is a list of texts, of all others a text. */
export const describedKinds = [
  'text',
  'multi-line',
  'email',
  'phone',
  'link',
  /** As typed, with a dot. */
  'number',
  /** `YYYY-MM-DD`. */
  'date',
  /** `true`, `false`, or empty. */
  'yes-no',
  /** Ids of `choices`. */
  'one-of',
  'several-of',
  'list',
] as const;

const count = z.number().int().nonnegative();

export const describedFieldSchema = z.strictObject({
  id: fieldId,
  /** Empty where the app has a word for it (`field-label.ts`). */
  label: z.string().max(200),
  /** What it is about; empty where the service does not say. */
  help: z.string().max(1_000),
  kind: z.enum(describedKinds),
  isRequired: z.boolean(),
  /** Id of one of the groups; null for none. */
  group: z.string().max(100).nullable(),
  /** In the service's own order; empty where anything may be typed. */
  choices: z.array(z.strictObject({ id: text, name: z.string().max(200) })).max(maxChoices),
  /** What can be said of a value before it is sent; the service judges by itself. */
  limits: z.strictObject({
    /** Characters. */
    minLength: count.optional(),
    maxLength: count.optional(),
    /** Entries of a list. */
    minCount: count.optional(),
    maxCount: count.optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    /** Of a pattern: whoever runs the service, in their own words. */
    pattern: z.string().max(300).optional(),
  }),
});

export const fieldGroupSchema = z.strictObject({
  id: z.string().max(100),
  heading: z.string().min(1).max(200),
  description: z.string().max(1_000),
});

export const describedValuesSchema = z.record(fieldId, z.union([text, z.array(text).max(maxValues)]));

export type DescribedField = z.infer<typeof describedFieldSchema>;
export type DescribedKind = DescribedField['kind'];
export type FieldGroup = z.infer<typeof fieldGroupSchema>;
export type DescribedValue = string | readonly string[];
