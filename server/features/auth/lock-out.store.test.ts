import { describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../testing/test-database.ts';
import { createLockOutStore, subjectOf } from './lock-out.store.ts';

function setUp() {
  const clock = { seconds: 1_000 };
  const { database } = openTestDatabase();
  const store = createLockOutStore(database, { now: () => clock.seconds * 1000 }, { tries: 3, seconds: 60 });
  const beginAll = (times: number) => Array.from({ length: times }, () => store.begin('a'));
  return { database, store, clock, beginAll };
}

describe('D7 lock-out store', () => {
  it('lets as many tries through as the policy says, then names the seconds left', () => {
    const { beginAll, clock, store } = setUp();
    expect(beginAll(5)).toEqual([0, 0, 0, 60, 60]);
    clock.seconds += 59.5;
    expect(store.begin('a')).toBe(1);
  });

  it('counts each subject on its own', () => {
    const { beginAll, store } = setUp();
    beginAll(3);
    expect(store.begin('b')).toBe(0);
  });

  it('gives a try back, and all of them after a success', () => {
    const { beginAll, store } = setUp();
    beginAll(3);
    store.undo('a');
    expect(beginAll(2)).toEqual([0, 60]);
    store.clear('a');
    expect(beginAll(4)).toEqual([0, 0, 0, 60]);
  });

  it('gives tries back, and forgets, for several subjects at once', () => {
    const { beginAll, store } = setUp();
    beginAll(3);
    for (let count = 0; count < 3; count += 1) store.begin('b');
    store.undo('a', 'b');
    expect([store.begin('a'), store.begin('b')]).toEqual([0, 0]);
    store.clear('a', 'b');
    expect([store.begin('a'), store.begin('b')]).toEqual([0, 0]);
  });

  it('keeps no identifier, and knows it in any case', () => {
    expect(subjectOf('Mara@Example.com ')).toBe(subjectOf('mara@example.com'));
    expect(subjectOf('mara@example.com')).not.toContain('mara');
  });

  it('is not prolonged by tries while it lasts', () => {
    const { beginAll, clock } = setUp();
    beginAll(3);
    clock.seconds += 30;
    expect(beginAll(1)).toEqual([30]);
    clock.seconds += 30;
    expect(beginAll(1)).toEqual([0]);
  });

  it('survives a restart, and keeps nothing that is over', () => {
    const { beginAll, database, clock } = setUp();
    beginAll(3);
    const reopened = createLockOutStore(database, { now: () => clock.seconds * 1000 }, { tries: 3, seconds: 60 });
    expect(reopened.begin('a')).toBe(60);
    clock.seconds += 60;
    reopened.begin('b');
    expect(database.all('SELECT subject FROM sign_in_failures')).toEqual([{ subject: 'b' }]);
  });
});
