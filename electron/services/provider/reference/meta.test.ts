import { describe, expect, it } from 'vitest';
import { remoteMetaSchema } from './meta.ts';

describe('D7 · what a provider says of itself', () => {
  it('has a name that shows as it is: no control, invisible or direction characters', () => {
    expect(remoteMetaSchema.parse({ name: '\u202eecivreS\u0007 \u2066Ada\u2069\n' }).name).toBe('ecivreS Ada');
  });
});
