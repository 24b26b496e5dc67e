import { describe, expect, it } from 'vitest';
import { makeSessionFacts } from '../../testing/make-session-facts.ts';
import { hasSameNotes, withAllSeen, withList, withName, withStaleList, type SessionsState } from './sessions-state.ts';

const nothing: SessionsState = { list: undefined, names: new Map(), seen: undefined };
const listOf = (...ids: string[]) => ({
  source: 'provider' as const,
  takenAt: '2026-01-01T00:00:00.000Z',
  facts: ids.map((id) => makeSessionFacts(id)),
});
const seenOf = ({ seen }: SessionsState) => [...(seen ?? [])];

describe('X4 seen sessions', () => {
  it('are all of the first list, and later ones only once they were looked at', () => {
    const first = withList(nothing, listOf('a', 'b'));
    expect(seenOf(first)).toEqual(['a', 'b']);
    const second = withList(first, listOf('a', 'b', 'c'));
    expect(seenOf(second)).toEqual(['a', 'b']);
    expect(seenOf(withAllSeen(second))).toEqual(['a', 'b', 'c']);
  });

  it('count an empty first list as a look', () => {
    expect(seenOf(withList(withList(nothing, listOf()), listOf('a')))).toEqual([]);
  });

  it('hold the current one, so that it is not new when another device becomes the current one', () => {
    const list = { ...listOf('a'), facts: [makeSessionFacts('here', { isCurrent: true })] };
    expect(seenOf(withList(withList(nothing, listOf('a')), list))).toEqual(['here']);
  });

  it('are forgotten with their session, so nothing grows', () => {
    let state = withList(nothing, listOf('first'));
    for (let count = 0; count < 50; count += 1) state = withAllSeen(withList(state, listOf(`s${String(count)}`)));
    expect(seenOf(state)).toEqual(['s49']);
  });

  it('are none before the first list', () => {
    expect(withAllSeen(nothing)).toEqual(nothing);
  });
});

describe('X10 own names', () => {
  it('are given, changed and taken', () => {
    const listed = withList(nothing, listOf('a', '__proto__'));
    const named = withName(withName(listed, 'a', 'Desk'), '__proto__', 'Odd');
    expect([...named.names]).toEqual([
      ['a', 'Desk'],
      ['__proto__', 'Odd'],
    ]);
    expect([...withName(named, 'a', '').names]).toEqual([['__proto__', 'Odd']]);
    expect(listed.names.size).toBe(0);
  });

  it('are for sessions that there are', () => {
    expect(() => withName(nothing, 'a', 'Desk')).toThrow('not-found');
    expect(() => withName(withList(nothing, listOf('b')), 'a', 'Desk')).toThrow('not-found');
  });

  it('go with their session', () => {
    const named = withName(withList(nothing, listOf('a', 'b')), 'a', 'Desk');
    expect(withList(named, listOf('b')).names.size).toBe(0);
    expect(withStaleList(named, new Set(['a'])).names.size).toBe(0);
    expect(withStaleList(named, new Set(['b'])).names.size).toBe(1);
  });
});

describe('E9 a list that could not be read again', () => {
  it('is stale, without those that are known to be gone', () => {
    const stale = withStaleList(withList(nothing, listOf('a', 'b')), new Set(['a']));
    expect(stale.list).toMatchObject({ source: 'cache', takenAt: '2026-01-01T00:00:00.000Z' });
    expect(stale.list?.facts.map(({ id }) => id)).toEqual(['b']);
    expect(seenOf(stale)).toEqual(['b']);
    expect(withStaleList(nothing, new Set(['a']))).toBe(nothing);
  });
});

describe('X4 X10 whether notes have to be written', () => {
  const state = withName(withList(nothing, listOf('a', 'b')), 'a', 'Desk');
  it.each<[string, SessionsState, boolean]>([
    [
      'the same notes of another list',
      { ...state, list: undefined, names: new Map(state.names), seen: new Set(state.seen) },
      true,
    ],
    ['another name', withName(state, 'a', 'Table'), false],
    ['a name for another', withName(withName(state, 'a', ''), 'b', 'Desk'), false],
    ['one name more', withName(state, 'b', 'Desk'), false],
    ['another one seen', { ...state, seen: new Set(['a', 'c']) }, false],
    ['one seen more', { ...state, seen: new Set(['a', 'b', 'c']) }, false],
    ['no look yet', { ...state, seen: undefined }, false],
  ])('%s', (_what, other, isSame) => {
    expect(hasSameNotes(state, other)).toBe(isSame);
    expect(hasSameNotes(other, state)).toBe(isSame);
  });
});
