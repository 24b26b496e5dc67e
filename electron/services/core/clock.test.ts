import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from './clock.ts';

describe('D2 system clock', () => {
  const clock = createSystemClock();

  it('counts now from the epoch and monotonic upwards', async () => {
    const [now, start] = [clock.now(), clock.monotonic()];
    await clock.sleep(2);
    expect(Math.abs(now - new Date().getTime())).toBeLessThan(60_000);
    expect(clock.monotonic()).toBeGreaterThan(start);
  });

  it('counts from the start of the computer the same in each run', () => {
    const before = clock.sinceBoot();
    const other = Number(execFileSync(process.execPath, ['-p', 'os.uptime() * 1000']).toString());
    expect(other).toBeGreaterThanOrEqual(before);
    expect(clock.sinceBoot()).toBeGreaterThanOrEqual(other);
    expect(before).toBeGreaterThan(clock.monotonic());
  });

  it('wakes up early when its signal aborts, also if that was before', async () => {
    const stop = new AbortController();
    const asleep = clock.sleep(3_600_000, stop.signal);
    stop.abort();
    await expect(asleep).rejects.toMatchObject({ name: 'AbortError' });
    await expect(clock.sleep(3_600_000, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
