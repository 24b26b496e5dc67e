import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { untilLoaded } from './until-loaded.ts';

const notHad = () =>
  Promise.reject(new TypeError('Failed to fetch dynamically imported module: app://desk/assets/Part.js'));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('D1 E12 asks for a part of the program until it can be had, less and less often', async () => {
  const load = vi.fn<() => Promise<string>>(notHad);
  const part = untilLoaded(load);
  await vi.advanceTimersByTimeAsync(60_000);
  const tries = load.mock.calls.length;
  expect(tries).toBeGreaterThan(10);
  expect(tries).toBeLessThan(25);
  load.mockResolvedValueOnce('the part');
  await vi.advanceTimersByTimeAsync(5_000);
  await expect(part).resolves.toBe('the part');
});

it('E12 does not hide a fault of the part itself', async () => {
  const load = vi.fn(() => Promise.reject(new TypeError('x is not a function')));
  await expect(untilLoaded(load)).rejects.toThrow('x is not a function');
  expect(load).toHaveBeenCalledTimes(1);
});
