import { describe, expect, it } from 'vitest';
import { keyVerdicts } from '../../../shared/contract/identity-keys.ts';
import { sampleImportRow } from '../../testing/sample-identity-keys.ts';
import { countGroups, goodRows, groupOf, lockedRows, mergeRows, rowsToShow } from './import-rows.ts';

const here = 'c1';
const owner = { connectionId: here, providerName: 'Control account', title: 'Laptop' };
const rowsOf = (...changes: Parameters<typeof sampleImportRow>[0][]) =>
  new Map(changes.map((each, at) => [`r${String(at)}`, sampleImportRow({ rowId: `r${String(at)}`, ...each })]));
const ids = (rows: Iterable<{ rowId: string }>) => Array.from(rows, ({ rowId }) => rowId).join(' ');

describe('K7 what can be done with a row', () => {
  it('K7 follows from its verdict', () => {
    expect(keyVerdicts.map((verdict) => groupOf(sampleImportRow({ verdict }), here))).toEqual([
      'ready',
      'ready',
      'unusable',
      'locked',
      'locked',
      'unusable',
      'unusable',
      'unusable',
      'unusable',
    ]);
  });

  it('K4 nothing, where the account has the key or another row stands for it', () => {
    expect(groupOf(sampleImportRow({ duplicateOf: owner }), here)).toBe('known');
    expect(groupOf(sampleImportRow({ sameAs: 'r9' }), here)).toBe('known');
    expect(groupOf(sampleImportRow({ duplicateOf: { ...owner, connectionId: 'c2' } }), here)).toBe('ready');
    expect(groupOf(sampleImportRow({ duplicateOf: owner, isAdded: true }), here)).toBe('added');
  });

  it('K5 a locked key can be opened though the account has it: its private half may not be here yet', () => {
    expect(groupOf(sampleImportRow({ duplicateOf: owner, verdict: 'needs-passphrase' }), here)).toBe('locked');
    expect(groupOf(sampleImportRow({ duplicateOf: owner, verdict: 'wrong-passphrase' }), here)).toBe('locked');
    expect(groupOf(sampleImportRow({ sameAs: 'r9', verdict: 'needs-passphrase' }), here)).toBe('known');
  });

  it('K7 "all good ones" leaves out what is advised against, locked, known or added', () => {
    const rows = rowsOf(
      {},
      { verdict: 'advised-against' },
      { verdict: 'needs-passphrase' },
      { duplicateOf: owner },
      { isAdded: true },
      { verdict: 'refused' },
    );
    expect(ids(goodRows(rows, here))).toBe('r0');
    expect(ids(lockedRows(rows, here))).toBe('r2');
    expect(countGroups(rows, here)).toEqual({ ready: 2, locked: 1, added: 1, known: 1, unusable: 1 });
  });

  it('K7 what is no key stands behind the keys, all else where it came', () => {
    const rows = rowsOf({ verdict: 'not-a-key' }, { verdict: 'refused' }, { verdict: 'unreadable' }, {});
    expect(ids(rowsToShow(rows, 'all', here))).toBe('r1 r3 r0 r2');
    expect(ids(rowsToShow(rows, 'unusable', here))).toBe('r1 r0 r2');
  });

  it('K7 an answer does not take back what an event has told', () => {
    const known = rowsOf({ verdict: 'accepted' });
    const late = [sampleImportRow({ rowId: 'r0', verdict: 'needs-passphrase' }), sampleImportRow({ rowId: 'r1' })];
    expect(Array.from(mergeRows(known, late, 'answer').values(), ({ verdict }) => verdict)).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(Array.from(mergeRows(known, late, 'event').values(), ({ verdict }) => verdict)).toEqual([
      'needs-passphrase',
      'accepted',
    ]);
  });
});
