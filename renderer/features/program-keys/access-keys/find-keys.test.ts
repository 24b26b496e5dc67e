import { describe, expect, it } from 'vitest';
import { findKeys } from './find-keys.ts';

const key = (id: string, name: string) => ({
  id,
  name,
  isActive: true,
  createdAt: '2026-01-12T08:00:00.000Z',
  lastUsedAt: null,
  expiresAt: null,
  ownEnd: null,
  scopes: [],
});
const keys = [key('ak_1', 'Reports'), key('ak_2', ''), key('ak_3', 'Überwachung')];

describe('C7 finding an access key', () => {
  it.each([
    ['', 'ak_1 ak_2 ak_3'],
    ['  ', 'ak_1 ak_2 ak_3'],
    ['REPORT', 'ak_1'],
    ['ak_2 ', 'ak_2'],
    ['über', 'ak_3'],
    ['sak', ''],
  ])('"%s" leaves %s', (text, ids) => {
    expect(
      findKeys(keys, text)
        .map(({ id }) => id)
        .join(' '),
    ).toBe(ids);
  });
});
