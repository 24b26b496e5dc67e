import type * as z from 'zod';
import {
  emptyValues,
  mapFields,
  type FieldMap,
  type FieldType,
  type SectionFields,
} from '../../../../shared/profile-fields.ts';

/**
 * The schemas of a section's fields in what is not ours alone: a file of an older app, an answer of an older service.
 * A new field that it lacks counts as what `absent` says.
 */
export function shapeFields<F extends SectionFields, T extends Readonly<Record<FieldType, z.ZodType>>>(
  fields: F,
  byType: T,
  absent: Readonly<Record<FieldType, unknown>> = emptyValues,
): FieldMap<F, T> {
  const [shape, fallback] = [mapFields(fields, byType), mapFields(fields, absent)];
  const lenient = Object.entries<z.ZodType>(shape).map(([name, schema]) => [
    name,
    fields[name]?.isNew ? schema.default(fallback[name]) : schema,
  ]);
  return Object.fromEntries(lenient) as FieldMap<F, T>;
}
