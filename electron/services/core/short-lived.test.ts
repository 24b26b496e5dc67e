import { describe, expect, it } from 'vitest';
import { createShortLived } from './short-lived.ts';
import { createManualClock } from '../testing/manual-clock.ts';

function setUp() {
  const clock = createManualClock();
  const gone: string[] = [];
  return { clock, gone, store: createShortLived<string>(clock, (value) => gone.push(value)) };
}

describe('W10 secrets that must not stay in memory', () => {
  it('go when their time is over, and not before', async () => {
    const { clock, gone, store } = setUp();
    store.set('a', 'one', 600_000);
    await clock.advance(599_999);
    expect(store.get('a')).toBe('one');
    await clock.advance(1);
    expect(store.get('a')).toBeUndefined();
    expect(gone).toEqual(['one']);
  });

  it('go once, by hand too', async () => {
    const { clock, gone, store } = setUp();
    store.set('a', 'one', 10);
    store.delete('a');
    store.delete('a');
    await clock.advance(20);
    expect(gone).toEqual(['one']);
  });

  it('give way to what takes their place, whose time is its own', async () => {
    const { clock, gone, store } = setUp();
    store.set('a', 'one', 10);
    await clock.advance(8);
    store.set('a', 'two', 10);
    expect(gone).toEqual(['one']);
    await clock.advance(8);
    expect(store.get('a')).toBe('two');
  });

  it('go all that are meant', () => {
    const { gone, store } = setUp();
    store.set('a', 'one', 10);
    store.set('b', 'two', 10);
    store.set('c', 'three', 10);
    store.deleteWhere((value, key) => value === 'one' || key === 'c');
    expect(gone).toEqual(['one', 'three']);
    expect(store.get('b')).toBe('two');
  });
});
