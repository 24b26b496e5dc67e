import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { providerKindSchema } from '../../../shared/contract/account/accounts.ts';
import { expectationsOf, withMatrix } from './matrix.ts';

const file = join(import.meta.dirname, '../../../docs/providers/README.md');

describe('R11 what each provider can do', () => {
  it('is told of every kind', () => {
    expect(Object.keys(expectationsOf)).toEqual(providerKindSchema.options);
  });

  it('stands in the documentation as the suite expects it', () => {
    const page = readFileSync(file, 'utf8');
    const expected = withMatrix(page);
    if (process.env['WRITE_MATRIX']) writeFileSync(file, expected);
    else expect(page, 'WRITE_MATRIX=1 npm run test:unit -- tests/providers/conformance/matrix.test.ts').toBe(expected);
  });
});
