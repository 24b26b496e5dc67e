import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { fillFields, emptyValues } from '../../../../shared/profile-fields.ts';
import { shapeFields } from './field-shapes.ts';

const types = { ...fillFields(emptyValues, z.string()), boolean: z.boolean(), number: z.number() };
const fields = { name: { kind: 'text' }, floor: { kind: 'minutes', isNew: true } } as const;
const schema = z.strictObject(shapeFields(fields, types));

describe('W4 D5 the fields of an older service or file', () => {
  it('may lack what is new: it is empty there, or as said', () => {
    expect(schema.parse({ name: 'Ada' })).toEqual({ name: 'Ada', floor: 0 });
    expect(schema.parse({ name: 'Ada', floor: 3 })).toEqual({ name: 'Ada', floor: 3 });
    const floor = z.object(shapeFields(fields, fillFields(emptyValues, z.string()), { ...emptyValues, number: '-' }));
    expect(floor.parse({ name: 'Ada' })).toEqual({ name: 'Ada', floor: '-' });
  });

  it('lack nothing else, and what is there has its type', () => {
    expect(schema.safeParse({ floor: 3 }).success).toBe(false);
    expect(schema.safeParse({ name: 'Ada', floor: 'three' }).success).toBe(false);
  });
});
