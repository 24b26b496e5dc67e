import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import type { Probe } from './signed-in-accounts.ts';
import { createPresenceCheck } from './presence-check.ts';

function setUp() {
  const clock = createManualClock();
  const now: { currentId: string | null } = { currentId: 'a' };
  const all = vi.fn(() => Promise.resolve({ version: 1 as const, accounts: [], ...now }));
  const probe = vi.fn<(id: string) => Promise<Probe>>(() => Promise.resolve('there'));
  return { clock, now, all, probe, check: createPresenceCheck({ clock, registry: { all }, signedIn: { probe } }) };
}

describe('D5 whether the service of the account shown is there', () => {
  it('asks at the first look, and at none that comes just after', async () => {
    const { clock, probe, check } = setUp();
    await check.look();
    await clock.advance(24_000);
    await check.look();
    expect(probe.mock.calls).toEqual([['a']]);
    await clock.advance(1_000);
    await check.look();
    expect(probe).toHaveBeenCalledTimes(2);
  });

  it('asks nothing by itself: no look, no request', async () => {
    const { clock, probe, check } = setUp();
    await check.look();
    await clock.advance(3_600_000);
    expect(probe).toHaveBeenCalledTimes(1);
  });

  it('asks one at a time, and for the account that is shown by then', async () => {
    const { clock, now, probe, check } = setUp();
    let answer: (outcome: Probe) => void = () => undefined;
    probe.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const looks = [check.look(), check.look()];
    await clock.advance(60_000);
    looks.push(check.look());
    answer('there');
    await Promise.all(looks);
    expect(probe).toHaveBeenCalledTimes(1);
    now.currentId = 'b';
    await clock.advance(25_000);
    await check.look();
    expect(probe).toHaveBeenLastCalledWith('b');
  });

  it('waits twice as long after each failure, ten minutes at most, until one is answered', async () => {
    const { clock, probe, check } = setUp();
    probe.mockResolvedValue('gone');
    await check.look();
    const waits = [50, 100, 200, 400, 600, 600];
    for (const [index, seconds] of waits.entries()) {
      await clock.advance(seconds * 1_000 - 1);
      await check.look();
      expect(probe, `after ${String(seconds)} s`).toHaveBeenCalledTimes(index + 1);
      await clock.advance(1);
      if (index === waits.length - 1) probe.mockResolvedValue('there');
      await check.look();
      expect(probe).toHaveBeenCalledTimes(index + 2);
    }
    await clock.advance(25_000);
    await check.look();
    expect(probe).toHaveBeenCalledTimes(waits.length + 2);
  });

  it('asks for another account at once, whatever its own service did before', async () => {
    const { now, probe, check } = setUp();
    probe.mockResolvedValueOnce('gone');
    await check.look();
    now.currentId = 'b';
    await check.look();
    expect(probe.mock.calls).toEqual([['a'], ['b']]);
  });

  it('looks again at once where nothing could be asked: nobody signed in, offline, a locked key store', async () => {
    const { now, all, probe, check } = setUp();
    now.currentId = null;
    await check.look();
    expect(probe).not.toHaveBeenCalled();
    now.currentId = 'a';
    probe.mockResolvedValueOnce('not-asked');
    await check.look();
    all.mockRejectedValueOnce(new AppError('key-store-unavailable'));
    await check.look();
    await check.look();
    expect(probe).toHaveBeenCalledTimes(2);
  });
});
