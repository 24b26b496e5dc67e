import { describe, expect, it } from 'vitest';
import { createKeptReading, type Kept } from './kept-reading.ts';

const kept = (accountId: string): Kept => ({ accountId, source: 'cache', sequence: 0 });
const told = (accountId: string, sequence: number): Kept => ({ accountId, source: 'provider', sequence });

/** A reading whose answers come when the test says so. */
function setUp() {
  const waiting: { from: string; answer: (value: Kept) => void; refuse: () => void }[] = [];
  const reading = createKeptReading<Kept>({
    read: (_id, from) =>
      new Promise((resolve, reject) =>
        waiting.push({ from, answer: resolve, refuse: () => reject(new Error('refused')) }),
      ),
  });
  const next = (from: string) =>
    waiting.splice(
      waiting.findIndex((each) => each.from === from),
      1,
    )[0]!;
  return { reading, next };
}

describe('D5 kept reading', () => {
  it('shows what is kept until the provider has told', async () => {
    const { reading, next } = setUp();
    const opened = reading.open('a');
    next('cache').answer(kept('a'));
    await Promise.resolve();
    await Promise.resolve();
    expect(reading.snapshot.value).toEqual(kept('a'));
    next('provider').answer(told('a', 5));
    await opened;
    expect(reading.snapshot.value).toEqual(told('a', 5));
  });

  it('stays with what the provider told when the kept answer is overtaken', async () => {
    const { reading, next } = setUp();
    const opened = reading.open('a');
    next('provider').answer(told('a', 5));
    next('cache').answer(kept('a'));
    await opened;
    expect(reading.snapshot.value).toEqual(told('a', 5));
  });

  it('takes what was asked for later, though the provider could then no longer be asked', async () => {
    const { reading, next } = setUp();
    const opened = reading.open('a');
    next('cache').refuse();
    next('provider').answer(told('a', 5));
    await opened;
    reading.apply({ ...kept('a'), sequence: 6 });
    reading.apply(told('a', 4));
    expect(reading.snapshot.value).toEqual({ ...kept('a'), sequence: 6 });
  });

  it('ignores what is of another account', async () => {
    const { reading, next } = setUp();
    void reading.open('a');
    void reading.open('b');
    next('cache').answer(kept('a'));
    reading.apply(told('a', 9));
    await Promise.resolve();
    expect(reading.snapshot.value).toBeUndefined();
  });

  it('takes it for no fault that nothing is kept, but for one that the provider does not tell, until it does', async () => {
    const { reading, next } = setUp();
    const opened = reading.open('a');
    next('cache').refuse();
    await Promise.resolve();
    expect(reading.loadError.value).toBeUndefined();
    next('provider').refuse();
    await opened;
    expect([reading.loadError.value, reading.isRefreshing.value]).toEqual([{ code: 'internal' }, false]);
    reading.apply(told('a', 5));
    expect(reading.loadError.value).toBeUndefined();
  });
});
