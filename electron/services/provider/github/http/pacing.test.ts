import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';
import { createPacing } from './pacing.ts';

function setUp() {
  const clock = createManualClock();
  const pacing = createPacing(clock);
  const log: string[] = [];
  const act = (name: string, error?: AppError) => async () => {
    log.push(`${name} at ${String(clock.monotonic())}`);
    await Promise.resolve();
    if (error) throw error;
  };
  return { clock, pacing, log, act };
}

describe('R6 the pace of requests to GitHub', () => {
  it('lets one through at a time, in order', async () => {
    const { pacing, log } = setUp();
    let finish = () => {};
    const slow = pacing.run(false, () => new Promise<void>((resolve) => (finish = resolve)));
    const next = pacing.run(false, async () => void log.push('next'));
    await Promise.resolve();
    expect(log).toEqual([]);
    finish();
    await Promise.all([slow, next]);
    expect(log).toEqual(['next']);
  });

  it('leaves a second between two that change something, and none before a reading', async () => {
    const { clock, pacing, log, act } = setUp();
    const [first, second] = [pacing.run(true, act('write')), pacing.run(false, act('read'))];
    await Promise.all([first, second]);
    const asleep = clock.nextSleep();
    const third = pacing.run(true, act('write'));
    await asleep;
    expect(log).toEqual(['write at 0', 'read at 0']);
    await clock.advance(1_000);
    await third;
    expect(log).toEqual(['write at 0', 'read at 0', 'write at 1000']);
  });

  it('sends nothing while a limit lasts that was told, and says how long', async () => {
    const { clock, pacing, log, act } = setUp();
    const limited = new AppError('rate-limited', { retryAfter: 90 });
    await expect(pacing.run(true, act('write', limited))).rejects.toBe(limited);
    await clock.advance(30_000);
    await expect(pacing.run(false, act('read'))).rejects.toMatchObject({ details: { retryAfter: 60 } });
    await clock.advance(60_000);
    await pacing.run(false, act('read'));
    expect(log).toEqual(['write at 0', 'read at 90000']);
  });

  it('goes on after one that failed', async () => {
    const { pacing, act, log } = setUp();
    await expect(pacing.run(false, act('read', new AppError('offline')))).rejects.toMatchObject({ code: 'offline' });
    await pacing.run(false, act('read'));
    expect(log).toHaveLength(2);
  });
});
