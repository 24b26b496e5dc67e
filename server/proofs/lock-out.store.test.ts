import { describe, expect, it } from 'vitest';
import { openTestDatabase } from '../testing/test-database.ts';
import { createLockOutStore, countOfStrangers, subjectOf } from './lock-out.store.ts';

const a = { key: 'a', tries: 3 };
const b = { key: 'b', tries: 3 };

function setUp() {
  const clock = { seconds: 1_000 };
  const { database } = openTestDatabase();
  const store = createLockOutStore(database, { now: () => clock.seconds * 1000 }, { tries: 3, seconds: 60 });
  /** What each of so many wrong tries is told before it. */
  const failAll = (times: number) =>
    Array.from({ length: times }, () => {
      const seconds = store.secondsLeft(a);
      store.fail(a);
      return seconds;
    });
  return { database, store, clock, failAll };
}

describe('D7 lock-out store', () => {
  it('lets as many wrong tries through as the policy says, then names the seconds left', () => {
    const { failAll, clock, store } = setUp();
    expect(failAll(5)).toEqual([0, 0, 0, 60, 60]);
    clock.seconds += 59.5;
    expect(store.secondsLeft(a)).toBe(1);
  });

  it('counts failures, not tries', () => {
    const { failAll, store } = setUp();
    for (let count = 0; count < 9; count += 1) expect(store.secondsLeft(a)).toBe(0);
    expect(failAll(4)).toEqual([0, 0, 0, 60]);
  });

  it('counts each subject on its own', () => {
    const { failAll, store } = setUp();
    failAll(3);
    expect(store.secondsLeft(b)).toBe(0);
  });

  it('counts for several subjects at once, and forgets all after a success', () => {
    const { store } = setUp();
    for (let count = 0; count < 3; count += 1) store.fail(a, b);
    expect([store.secondsLeft(a), store.secondsLeft(b)]).toEqual([60, 60]);
    store.clear('a', 'b');
    expect([store.secondsLeft(a), store.secondsLeft(b)]).toEqual([0, 0]);
    store.fail(a, b);
    expect([store.secondsLeft(a), store.secondsLeft(b)]).toEqual([0, 0]);
  });

  it('keeps no identifier, and knows it in any case', () => {
    expect(subjectOf('Mara@Example.com ')).toBe(subjectOf('mara@example.com'));
    expect(subjectOf('mara@example.com')).not.toContain('mara');
  });

  it('is not prolonged by tries that were under way when it began', () => {
    const { failAll, clock } = setUp();
    failAll(3);
    clock.seconds += 30;
    expect(failAll(1)).toEqual([30]);
    clock.seconds += 30;
    expect(failAll(4)).toEqual([0, 0, 0, 60]);
  });

  it('survives a restart, and counts nothing that is over', () => {
    const { failAll, database, clock } = setUp();
    failAll(3);
    const reopened = createLockOutStore(database, { now: () => clock.seconds * 1000 }, { tries: 3, seconds: 60 });
    expect(reopened.secondsLeft(a)).toBe(60);
    clock.seconds += 60;
    expect(reopened.secondsLeft(a)).toBe(0);
    reopened.fail(a);
    expect(database.all('SELECT failures FROM sign_in_failures')).toEqual([{ failures: 1 }]);
  });

  it('lasts no longer than it may when the clock is set back', () => {
    const { failAll, store, clock } = setUp();
    failAll(3);
    clock.seconds -= 500;
    expect(store.secondsLeft(a)).toBe(60);
  });

  it('M6 counts one address apart from all together, and forgets both after a success', () => {
    const { store } = setUp();
    const from = (ip: string) => countOfStrangers('typed', 'account', ip, 3);
    for (let count = 0; count < 3; count += 1) store.fail(...from('192.0.2.1').disclosed, ...from('192.0.2.1').silent);
    expect([
      store.secondsLeft(...from('192.0.2.1').disclosed),
      store.secondsLeft(...from('192.0.2.2').disclosed),
    ]).toEqual([60, 0]);
    for (const ip of ['192.0.2.2', '192.0.2.3', '192.0.2.4'])
      for (let count = 0; count < 3; count += 1) store.fail(...from(ip).disclosed);
    expect(store.secondsLeft(...from('192.0.2.9').disclosed), 'from everywhere').toBe(60);
    store.clear('typed');
    expect(store.secondsLeft(...from('192.0.2.1').disclosed)).toBe(0);
    expect(store.secondsLeft(...from('192.0.2.1').silent)).toBe(60);
  });
});
