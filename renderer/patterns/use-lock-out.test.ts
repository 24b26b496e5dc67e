import { afterEach, describe, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { useLockOut } from './use-lock-out.ts';

afterEach(() => void vi.useRealTimers());

describe('D7 the time left of a lock-out', () => {
  it('is told to the second, also between two ticks, and runs out', () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const scope = effectScope();
    const until = ref(0);
    const seconds = scope.run(() => useLockOut(() => until.value));
    vi.advanceTimersByTime(900);
    until.value = Date.now() + 30_000;
    expect(seconds?.value).toBe(30);
    vi.advanceTimersByTime(29_500);
    expect(seconds?.value).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(seconds?.value).toBe(0);
    scope.stop();
  });

  it('is no longer than was said, although the clock was set back by a year meanwhile; a sleep counts', () => {
    vi.useFakeTimers({ now: 1_000_000_000_000 });
    const scope = effectScope();
    const until = ref(Date.now() + 30_000);
    const seconds = scope.run(() => useLockOut(() => until.value));
    vi.advanceTimersByTime(10_000);
    vi.setSystemTime(Date.now() - 365 * 86_400_000);
    vi.advanceTimersByTime(1_000);
    expect(seconds?.value).toBe(19);
    vi.advanceTimersByTime(19_000);
    expect(seconds?.value).toBe(0);
    until.value = Date.now() + 30_000;
    expect(seconds?.value).toBe(30);
    vi.setSystemTime(Date.now() + 30_000);
    vi.advanceTimersByTime(1_000);
    expect(seconds?.value).toBe(0);
    scope.stop();
  });
});
