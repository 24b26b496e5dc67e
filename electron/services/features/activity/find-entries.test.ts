import { expect, it } from 'vitest';
import { makeEntry } from '../../testing/make-activity.ts';
import { createMatch } from './find-entries.ts';

it.each([
  ['you', false],
  ['maybe-you', true],
  ['elsewhere', true],
  ['time', true],
] as const)('X4 what was not done here: by %s, %s', (by, isFound) => {
  const words = { search: '', matchingAreas: [], matchingActs: [], matchingFields: [] };
  const match = createMatch({ ...words, area: null, notByYou: true });
  expect(match(makeEntry(0, { by }))).toBe(isFound);
});
