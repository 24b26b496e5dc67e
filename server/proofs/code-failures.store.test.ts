import { expect, describe, it } from 'vitest';
import { openTestDatabase } from '../testing/test-database.ts';
import { createCodeFailuresStore } from './code-failures.store.ts';

function setUp() {
  const clock = { seconds: 0 };
  const { database, accountId } = openTestDatabase();
  const store = createCodeFailuresStore(database, { now: () => clock.seconds * 1000 }, { tries: 5, seconds: 900 });
  return { clock, store, accountId };
}

describe('M7 wrong codes in a row', () => {
  it('wait longer after each five, a day at most, and end for good after a hundred', () => {
    const { clock, store, accountId } = setUp();
    const waits: number[] = [];
    const reached: unknown[] = [];
    let judged = 0;
    for (let round = 0; round < 20; round += 1) {
      expect(store.isExhausted(accountId)).toBe(false);
      while (store.secondsLeft(accountId) === 0) {
        reached.push(store.fail(accountId));
        judged += 1;
      }
      waits.push(store.secondsLeft(accountId));
      clock.seconds += waits.at(-1)!;
    }
    expect(waits.slice(0, 9)).toEqual([900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 86_400, 86_400]);
    expect([judged, store.isExhausted(accountId)]).toEqual([100, true]);
    expect([...reached.entries()].filter(([, each]) => each)).toEqual([
      [4, 'first-wait'],
      [99, 'end'],
    ]);
    store.clear(accountId);
    expect([store.secondsLeft(accountId), store.isExhausted(accountId)]).toEqual([0, false]);
  });

  it('are not forgotten with time, and those under way when the wait begins do not prolong it', () => {
    const { clock, store, accountId } = setUp();
    for (let count = 0; count < 4; count += 1) store.fail(accountId);
    clock.seconds += 30 * 86_400;
    for (let count = 0; count < 6; count += 1) store.fail(accountId);
    expect(store.secondsLeft(accountId)).toBe(900);
    clock.seconds -= 5 * 86_400;
    expect(store.secondsLeft(accountId), 'with a clock that was set back').toBe(900);
  });
});
