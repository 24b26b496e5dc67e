import { describe, expect, it, vi } from 'vitest';
import { followUse } from './follow-use.ts';

function createUse() {
  vi.useFakeTimers();
  const state = { isUsed: true, hasEnded: false };
  const use = followUse(() => state.isUsed, 1_000);
  void use.ended.then(() => (state.hasEnded = true));
  const change = (isUsed: boolean) => {
    state.isUsed = isUsed;
    use.check();
  };
  return { change, state, [Symbol.dispose]: () => void vi.useRealTimers() };
}

describe('D1: the end of use', () => {
  it('is when everybody left and nobody came back', async () => {
    using use = createUse();
    use.change(false);
    await vi.advanceTimersByTimeAsync(999);
    expect(use.state.hasEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(use.state.hasEnded).toBe(true);
  });

  it('is not a reload, whether or not the page that came back was told of', async () => {
    using use = createUse();
    use.change(false);
    use.state.isUsed = true;
    await vi.advanceTimersByTimeAsync(5_000);
    use.change(false);
    await vi.advanceTimersByTimeAsync(500);
    use.change(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(use.state.hasEnded).toBe(false);
  });

  it('is not before somebody came', async () => {
    using use = createUse();
    use.state.isUsed = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(use.state.hasEnded).toBe(false);
  });
});
