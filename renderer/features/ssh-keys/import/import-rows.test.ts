import { describe, expect, it } from 'vitest';
import { keyOrigins, keyVerdicts } from '../../../../shared/contract/keys/ssh-keys.ts';
import { sampleImportRow } from '../../../testing/sample-ssh-keys.ts';
import {
  countFolded,
  countGroups,
  goodRows,
  groupOf,
  lockedRows,
  mergeRows,
  publicHalfOf,
  rowsToShow,
  twinsOf,
} from './import-rows.ts';

const here = 'c1';
const owner = { accountId: here, providerName: 'Control account', title: 'Laptop' };
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
    expect(groupOf(sampleImportRow({ sameAs: 'r9' }), here)).toBe('twins');
    expect(groupOf(sampleImportRow({ duplicateOf: { ...owner, accountId: 'c2' } }), here)).toBe('ready');
    expect(groupOf(sampleImportRow({ duplicateOf: owner, isAdded: true }), here)).toBe('added');
  });

  it('K5 a locked key can be opened though the account has it: its private half may not be here yet', () => {
    expect(groupOf(sampleImportRow({ duplicateOf: owner, verdict: 'needs-passphrase' }), here)).toBe('locked');
    expect(groupOf(sampleImportRow({ duplicateOf: owner, verdict: 'wrong-passphrase' }), here)).toBe('locked');
    expect(groupOf(sampleImportRow({ sameAs: 'r9', verdict: 'needs-passphrase' }), here)).toBe('twins');
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
    expect(countGroups(rows, here)).toMatchObject({ ready: 2, locked: 1, added: 1, known: 1, unusable: 1 });
  });

  it('K6 somebody else’s key is in a group of its own, and never a good one', () => {
    const rows = rowsOf(...keyOrigins.map((origin) => ({ origin, kind: 'public' as const })));
    const groups = Array.from(rows.values(), (row) => groupOf(row, here));
    expect(groups).toEqual(['ready', 'publicOnly', 'logins', 'signers', 'hosts']);
    expect(ids(goodRows(rows, here))).toBe('r0');
    expect(countGroups(rows, here)).toMatchObject({ ready: 1, publicOnly: 1, logins: 1, signers: 1, hosts: 1 });
    // A line of known_hosts that nothing can be read from is a server's all the same.
    expect(groupOf(sampleImportRow({ origin: 'known-hosts', verdict: 'unsupported' }), here)).toBe('hosts');
    expect(groupOf(sampleImportRow({ origin: 'authorized-keys', verdict: 'damaged' }), here)).toBe('unusable');
  });

  it('K7 what can be added comes first, then what is asked about, then the rest; adding and unlocking move nothing', () => {
    const rows = rowsOf(
      { verdict: 'not-a-key', origin: null },
      { verdict: 'refused' },
      { origin: 'known-hosts' },
      { origin: 'public-only' },
      { verdict: 'needs-passphrase' },
      { verdict: 'advised-against' },
      { isAdded: true },
      { sameAs: 'r6' },
      { duplicateOf: owner },
    );
    expect(ids(rowsToShow(rows, 'all', here))).toBe('r4 r5 r6 r8 r3 r2 r1 r0');
    expect(ids(rowsToShow(rows, 'usable', here))).toBe('r4 r5 r6 r8 r3');
    expect(countFolded(rows)).toBe(3);
    expect(ids(rowsToShow(rows, 'unusable', here))).toBe('r1 r0');
    expect(ids(rowsToShow(rows, 'twins', here))).toBe('r7');
  });

  it('K5 the public half of a locked key is offered beside it, unless it is there already or no good one', () => {
    const locked = { verdict: 'needs-passphrase' } as const;
    const half = { kind: 'public', sameAs: 'r0' } as const;
    const offered = (changes: Parameters<typeof sampleImportRow>[0]) => {
      const rows = rowsOf(locked, { ...half, ...changes });
      return publicHalfOf(rows.get('r0')!, twinsOf(rows).get('r0') ?? [], here)?.rowId;
    };
    expect(offered({})).toBe('r1');
    for (const changes of [
      { isAdded: true },
      { verdict: 'refused' as const },
      { origin: 'authorized-keys' as const },
      { duplicateOf: owner },
    ])
      expect(offered(changes)).toBeUndefined();
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
