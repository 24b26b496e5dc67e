import { effectScope, nextTick, shallowRef } from 'vue';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { useLeaveStore } from '../../account/leave.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { useHeldSecret } from './use-held-secret.ts';

let end: (() => void) | undefined;
afterEach(() => end?.());

function setUp({ canBeSeenAgain = false } = {}) {
  const { app, pinia } = createTestHost();
  const heldUntil = shallowRef<string | null>(new Date(Date.now() + 3_600_000).toISOString());
  let finished = 0;
  let fault: Error | undefined;
  const scope = effectScope();
  const held = app.runWithContext(() =>
    scope.run(() =>
      useHeldSecret<string>({
        heldUntil,
        resume: () => Promise.resolve('pdk_secret'),
        finish: () => {
          if (fault) return Promise.reject(fault);
          finished += 1;
          return Promise.resolve();
        },
        canBeSeenAgain: () => canBeSeenAgain,
      }),
    ),
  )!;
  end = () => scope.stop();
  const closing = () => {
    const event = new Event('beforeunload', { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };
  return {
    held,
    heldUntil,
    leave: useLeaveStore(pinia),
    closing,
    finished: () => finished,
    fail: (error: Error | undefined) => (fault = error),
  };
}

describe('C7 W7 a secret that is shown once', () => {
  it('is gone at Done if it was kept, here and in the services', async () => {
    const { held, finished, closing } = setUp();
    held.take('pdk_secret');
    expect(closing()).toBe(true);
    held.noteKept();
    expect(await held.done()).toBe(true);
    expect([held.secret.value, finished(), closing()]).toEqual([undefined, 1, false]);
  });

  it('asks at Done if it was not', async () => {
    const { held, finished } = setUp();
    held.take('pdk_secret');
    const done = held.done();
    expect(held.isAsking.value).toBe(true);
    await held.answer(false);
    expect([await done, held.secret.value, finished()]).toEqual([false, 'pdk_secret', 0]);
  });

  it('asks anybody who leaves the page or the account, though it was kept', async () => {
    const { held, leave } = setUp();
    held.take('pdk_secret');
    held.noteKept();
    const leaving = leave.mayLeave();
    expect(held.isAsking.value).toBe(true);
    await held.answer(true);
    expect([await leaving, held.secret.value]).toEqual([true, undefined]);
    expect(await leave.mayLeave()).toBe(true);
  });

  it('takes a second question as "stay" for the first', async () => {
    const { held } = setUp();
    held.take('pdk_secret');
    const first = held.leave();
    const second = held.leave();
    expect(await first).toBe(false);
    await held.answer(true);
    expect(await second).toBe(true);
  });

  it('does not ask where it can be seen again', async () => {
    const { held, finished } = setUp({ canBeSeenAgain: true });
    held.take('pdk_secret');
    expect(await held.leave()).toBe(true);
    expect([held.isAsking.value, finished()]).toEqual([false, 1]);
  });

  it('stays, and says why, if the services do not let it go', async () => {
    const { held, fail } = setUp();
    held.take('pdk_secret');
    fail(new AppError('internal'));
    void held.leave();
    await held.answer(true);
    expect([held.secret.value, held.isAsking.value, held.forgetError.value?.code]).toEqual([
      'pdk_secret',
      true,
      'internal',
    ]);
  });

  it('goes as soon as the services hold it no more', async () => {
    const { held, heldUntil } = setUp();
    held.take('pdk_secret');
    const leaving = held.leave();
    heldUntil.value = null;
    await nextTick();
    expect([await leaving, held.secret.value]).toEqual([true, undefined]);
  });

  it('ends on the screen with the hour for which the services hold it, and says so', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { held, heldUntil } = setUp();
    held.take('pdk_secret');
    const leaving = held.leave();
    vi.advanceTimersByTime(3_599_000);
    expect([held.secret.value, held.hasExpired.value]).toEqual(['pdk_secret', false]);
    vi.advanceTimersByTime(1_000);
    expect([await leaving, held.secret.value, held.hasExpired.value]).toEqual([true, undefined, true]);
    held.take('pdk_another');
    heldUntil.value = new Date(Date.now() + 3_600_000).toISOString();
    await nextTick();
    vi.advanceTimersByTime(3_000_000);
    expect([held.secret.value, held.hasExpired.value]).toEqual(['pdk_another', false]);
  });

  it('comes back to a page that was loaded anew, and goes with the screen', async () => {
    const { held, leave } = setUp();
    await held.resume();
    expect(held.secret.value).toBe('pdk_secret');
    end?.();
    expect(held.secret.value).toBeUndefined();
    expect(await leave.mayLeave()).toBe(true);
  });
});
