import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { createGate } from '../testing/waiting.ts';
import { useAttempt } from './use-attempt.ts';

describe('W9 E12 one attempt at a time', () => {
  it('says whether it was done, and takes a second press for the same one', async () => {
    const { attempt, isBusy } = useAttempt();
    const gate = createGate();
    const act = vi.fn(() => gate.opened);
    const first = attempt(act);
    expect(isBusy.value).toBe(true);
    expect(await attempt(act)).toBe(false);
    gate.open();
    expect(await first).toBe(true);
    expect(act).toHaveBeenCalledTimes(1);
    expect(isBusy.value).toBe(false);
  });

  it('keeps why it failed until the next one begins', async () => {
    const { attempt, error } = useAttempt();
    expect(await attempt(() => Promise.reject(new AppError('offline', { reason: 'timed-out' })))).toBe(false);
    expect(error.value).toEqual({ code: 'offline', reason: 'timed-out' });
    await attempt(() => Promise.resolve());
    expect(error.value).toBeUndefined();
  });

  it('takes what was called off for no failure', async () => {
    const { attempt, error } = useAttempt();
    expect(await attempt(() => Promise.reject(new AppError('cancelled')))).toBe(false);
    expect(error.value).toBeUndefined();
  });

  it('D7 forgets a lock-out with the next attempt, which may be at another service', async () => {
    const { attempt, lockedUntil } = useAttempt();
    await attempt(() => Promise.reject(new AppError('rate-limited', { retryAfter: 60 })));
    await attempt(() => Promise.resolve());
    expect(lockedUntil.value).toBe(0);
  });

  it('knows until when another try makes no sense, and forgets it when told to', async () => {
    const { attempt, lockedUntil, error, clear } = useAttempt();
    const before = Date.now();
    await attempt(() => Promise.reject(new AppError('server-fault', { reason: 'service-busy', retryAfter: 60 })));
    expect(lockedUntil.value).toBeGreaterThan(0);
    await attempt(() => Promise.reject(new AppError('rate-limited', { reason: 'locked-out', retryAfter: 60 })));
    expect(lockedUntil.value).toBeGreaterThanOrEqual(before + 60_000);
    clear();
    expect([lockedUntil.value, error.value]).toEqual([0, undefined]);
  });

  it('D7 does not say of another question what answers the one before: it was cleared while that was on its way', async () => {
    const { attempt, lockedUntil, error, isBusy, clear } = useAttempt();
    const gate = createGate();
    const late = attempt(async () => {
      await gate.opened;
      throw new AppError('rate-limited', { reason: 'locked-out', retryAfter: 900 });
    });
    clear();
    expect(isBusy.value).toBe(true);
    gate.open();
    await late;
    expect([lockedUntil.value, error.value, isBusy.value]).toEqual([0, undefined, false]);
  });
});
