import { effectScope, nextTick, shallowRef } from 'vue';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { useLeaveStore } from '../../account/leave.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { usePendingSecret } from './use-pending-secret.ts';

let end: (() => void) | undefined;
afterEach(() => end?.());

function setUp({ canBeSeenAgain = false } = {}) {
  const { app, pinia } = createTestHost();
  const pendingUntil = shallowRef<string | null>(new Date(Date.now() + 3_600_000).toISOString());
  let finished = 0;
  let fault: Error | undefined;
  const scope = effectScope();
  const pending = app.runWithContext(() =>
    scope.run(() =>
      usePendingSecret<string>({
        pendingUntil,
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
    pending,
    pendingUntil,
    leave: useLeaveStore(pinia),
    closing,
    finished: () => finished,
    fail: (error: Error | undefined) => (fault = error),
  };
}

describe('C7 W7 a secret that is shown once', () => {
  it('is gone at Done if it was kept, here and in the services', async () => {
    const { pending, finished, closing } = setUp();
    pending.take('pdk_secret');
    expect(closing()).toBe(true);
    pending.noteSaved();
    expect(await pending.done()).toBe(true);
    expect([pending.secret.value, finished(), closing()]).toEqual([undefined, 1, false]);
  });

  it('asks at Done if it was not', async () => {
    const { pending, finished } = setUp();
    pending.take('pdk_secret');
    const done = pending.done();
    expect(pending.isAsking.value).toBe(true);
    await pending.answer(false);
    expect([await done, pending.secret.value, finished()]).toEqual([false, 'pdk_secret', 0]);
  });

  it('asks anybody who leaves the page or the account, though it was kept', async () => {
    const { pending, leave } = setUp();
    pending.take('pdk_secret');
    pending.noteSaved();
    const leaving = leave.mayLeave();
    expect(pending.isAsking.value).toBe(true);
    await pending.answer(true);
    expect([await leaving, pending.secret.value]).toEqual([true, undefined]);
    expect(await leave.mayLeave()).toBe(true);
  });

  it('takes a second question as "stay" for the first', async () => {
    const { pending } = setUp();
    pending.take('pdk_secret');
    const first = pending.leave();
    const second = pending.leave();
    expect(await first).toBe(false);
    await pending.answer(true);
    expect(await second).toBe(true);
  });

  it('does not ask where it can be seen again', async () => {
    const { pending, finished } = setUp({ canBeSeenAgain: true });
    pending.take('pdk_secret');
    expect(await pending.leave()).toBe(true);
    expect([pending.isAsking.value, finished()]).toEqual([false, 1]);
  });

  it('stays, and says why, if the services do not let it go', async () => {
    const { pending, fail } = setUp();
    pending.take('pdk_secret');
    fail(new AppError('internal'));
    void pending.leave();
    await pending.answer(true);
    expect([pending.secret.value, pending.isAsking.value, pending.forgetError.value?.code]).toEqual([
      'pdk_secret',
      true,
      'internal',
    ]);
  });

  it('goes as soon as the services hold it no more', async () => {
    const { pending, pendingUntil } = setUp();
    pending.take('pdk_secret');
    const leaving = pending.leave();
    pendingUntil.value = null;
    await nextTick();
    expect([await leaving, pending.secret.value]).toEqual([true, undefined]);
  });

  it('ends on the screen with the hour for which the services hold it, and says so', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { pending, pendingUntil } = setUp();
    pending.take('pdk_secret');
    const leaving = pending.leave();
    vi.advanceTimersByTime(3_599_000);
    expect([pending.secret.value, pending.hasExpired.value]).toEqual(['pdk_secret', false]);
    vi.advanceTimersByTime(1_000);
    expect([await leaving, pending.secret.value, pending.hasExpired.value]).toEqual([true, undefined, true]);
    pending.take('pdk_another');
    pendingUntil.value = new Date(Date.now() + 3_600_000).toISOString();
    await nextTick();
    vi.advanceTimersByTime(3_000_000);
    expect([pending.secret.value, pending.hasExpired.value]).toEqual(['pdk_another', false]);
  });

  it('comes back to a page that was loaded anew, and goes with the screen', async () => {
    const { pending, leave } = setUp();
    await pending.resume();
    expect(pending.secret.value).toBe('pdk_secret');
    end?.();
    expect(pending.secret.value).toBeUndefined();
    expect(await leave.mayLeave()).toBe(true);
  });
});
