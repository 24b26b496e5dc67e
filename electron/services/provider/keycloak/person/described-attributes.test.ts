import { describe, expect, it } from 'vitest';
import { describedFieldSchema } from '../../../../../shared/contract/account/described-fields.ts';
import { describeAttribute } from './described-attributes.ts';
import type { RemoteAttribute } from './person.ts';

function tell(attribute: Partial<RemoteAttribute>, ...values: string[]) {
  return describedFieldSchema.parse(describeAttribute({ name: 'costCenter', ...attribute }, values));
}
const options = (...ids: unknown[]) => ({ validators: { options: { options: ids } } });
const inputType = (type: string) => ({ annotations: { inputType: type } });

describe('R3 how an attribute of a realm is filled in', () => {
  it.each<[string, Partial<RemoteAttribute>, string[], string]>([
    ['no word about it', {}, [], 'text'],
    ['a text area', inputType('textarea'), [], 'multi-line'],
    ['an e-mail by its rule', { validators: { email: {} } }, [], 'email'],
    ['an e-mail by its control', inputType('html5-email'), [], 'email'],
    ['a phone', inputType('html5-tel'), [], 'phone'],
    ['an address', { validators: { uri: {} } }, [], 'link'],
    ['a whole number', { validators: { integer: {} } }, [], 'number'],
    ['any number', { validators: { double: {} } }, [], 'number'],
    ['a day', { validators: { 'iso-date': {} } }, ['2026-02-01'], 'date'],
    ['a day by its control', inputType('html5-date'), [], 'date'],
    ['a day that is none', { validators: { 'iso-date': {} } }, ['soon'], 'text'],
    ['a day as a country writes it', { ...inputType('html5-date'), validators: { 'local-date': {} } }, [], 'text'],
    ['choices', options('a', 'b'), [], 'one-of'],
    ['choices for several', { ...options('a', 'b'), multivalued: true }, [], 'several-of'],
    ['true and false', options('true', 'false'), [], 'yes-no'],
    ['several texts', { multivalued: true }, [], 'list'],
    ['several values where one is meant', {}, ['a', 'b'], 'list'],
    ['a control of a later version', inputType('html5-color'), [], 'text'],
    ['more choices than can be shown', options(...Array.from({ length: 1_001 }, String)), [], 'text'],
  ])('%s', (_what, attribute, values, kind) => {
    expect(tell(attribute, ...values).kind).toBe(kind);
  });

  it('names choices by the administrator’s words, or by themselves', () => {
    const inputOptionLabels = { lab: 'Laboratory', shop: '${shop}' };
    const { choices } = tell({ ...options('lab', 'shop', 'x\u202E', 'lab', 7), annotations: { inputOptionLabels } });
    expect(choices).toEqual([
      { id: 'lab', name: 'Laboratory' },
      { id: 'shop', name: 'shop' },
      { id: 'x\u202E', name: 'x' },
    ]);
    expect(
      tell({
        annotations: { inputOptionsFromValidation: 'sizes' },
        validators: { sizes: { options: ['S'] } },
      }).choices,
    ).toEqual([{ id: 'S', name: 'S' }]);
  });

  it('keeps the words of true and false where the administrator gave some', () => {
    const annotations = { inputOptionLabels: { true: 'I am in', false: 'Not me' } };
    expect(tell({ ...options('true', 'false'), annotations }).kind).toBe('one-of');
  });
});

describe('R3 what is said of it', () => {
  it.each([
    ['Cost centre', 'Cost centre'],
    ['Cost\u202E\ncentre', 'Cost centre'],
    ['${profile.attributes.costUnit}', 'Cost unit'],
    ['${}', 'Cost center'],
    ['costCenter', 'Cost center'],
    [undefined, 'Cost center'],
    ['\u200B', 'Cost center'],
    ['x'.repeat(500), 'x'.repeat(200)],
  ])('is named: %j', (displayName, label) => {
    expect(tell({ displayName }).label).toBe(label);
  });

  it('has the administrator’s help, without keys', () => {
    const annotations = { inputHelperTextBefore: 'Ask the\u0007 front desk', inputHelperTextAfter: '${help}' };
    expect(tell({ annotations }).help).toBe('Ask the front desk');
  });

  it('has the limits that can be said, however they were written', () => {
    const validators = {
      length: { min: '2', max: 20 },
      integer: { min: '-5', max: 'many' },
      multivalued: { min: '0', max: '1' },
      pattern: { pattern: '^x$', 'error-message': 'An x' },
    };
    expect(tell({ validators }).limits).toEqual({ minLength: 2, maxLength: 20, min: -5, pattern: 'An x' });
    expect(tell({ validators, multivalued: true }).limits).toMatchObject({ maxCount: 1 });
    expect(tell({ validators: { pattern: { 'error-message': '${no}' }, length: null } }).limits).toEqual({});
  });
});
