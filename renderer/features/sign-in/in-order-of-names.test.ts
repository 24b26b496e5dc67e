import { describe, expect, it } from 'vitest';
import { inOrderOfNames } from './in-order-of-names.ts';
import { knownServices } from './known-services.ts';

describe('R2 the services that are known by their names', () => {
  it('are in the order of these, and any address is the last', () => {
    const ids = inOrderOfNames(knownServices).map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(['codeberg', 'elastic-io', 'gitea']);
    expect(ids.slice(-3)).toEqual(['wacm', 'profile-desk', 'any']);
    expect(ids.toSorted()).toEqual(knownServices.map(({ id }) => id).toSorted());
  });
});
