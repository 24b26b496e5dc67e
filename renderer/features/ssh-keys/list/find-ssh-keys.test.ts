import { describe, expect, it } from 'vitest';
import { sampleSshKey } from '../../../testing/sample-ssh-keys.ts';
import { findKeys, indexKeys, sortKeysBy, type SortKey } from './find-ssh-keys.ts';

const keys = [
  sampleSshKey({
    id: 'a',
    title: 'Laptop 10',
    addedAt: '2026-01-01T00:00:00.000Z',
    lastUsedAt: null,
    type: 'ssh-rsa',
    bits: 4_096,
    sha256: 'SHA256:AAAA',
  }),
  sampleSshKey({
    id: 'b',
    title: 'laptop 9',
    addedAt: '2026-03-01T00:00:00.000Z',
    lastUsedAt: '2026-03-02T00:00:00.000Z',
    type: 'ssh-rsa',
    bits: 2_048,
    sha256: 'SHA256:BBBB',
  }),
  sampleSshKey({
    id: 'c',
    title: 'Büro',
    addedAt: '2026-02-01T00:00:00.000Z',
    lastUsedAt: '2026-03-03T00:00:00.000Z',
    type: 'ssh-ed25519',
    bits: 256,
    sha256: 'SHA256:CCCC',
  }),
];
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id).join('');
const order = (by: SortKey, isReversed = false) => ids(sortKeysBy(keys, { by, isReversed }));
const find = (text: string) => ids(findKeys(keys, indexKeys(keys), text));

describe('E11 keys are found and sorted', () => {
  it('E11 from the newest, titles as people count, types with their size', () => {
    expect([order('added'), order('title'), order('type')]).toEqual(['bca', 'cba', 'cba']);
    expect([order('added', true), order('title', true), order('type', true)]).toEqual(['acb', 'abc', 'abc']);
  });

  it('E11 those never used last, in either direction', () => {
    expect([order('used'), order('used', true)]).toEqual(['cba', 'bca']);
  });

  it('E11 by every word, in title, type and fingerprints', () => {
    expect([find(''), find('LAPTOP rsa'), find('sha256:cc'), find('2a:d1'), find('nothing')]).toEqual([
      'abc',
      'ab',
      'c',
      'abc',
      '',
    ]);
  });
});
