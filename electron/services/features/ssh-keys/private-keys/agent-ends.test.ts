import { describe, expect, it, vi } from 'vitest';
import { createManualClock } from '../../../testing/manual-clock.ts';
import { AgentEnds } from './agent-ends.ts';

function setUp() {
  const clock = createManualClock();
  return { clock, ends: new AgentEnds(clock), onOver: vi.fn<() => void>() };
}

describe('K5 by when the agent gives a key up', () => {
  it('is known of what was added for a time, until that is over, and is told then', async () => {
    const { clock, ends, onOver } = setUp();
    ends.note('a', 3_600, onOver);
    expect(ends.of('a')).toBe('2026-01-01T01:00:00.000Z');
    await clock.advance(3_599_000);
    expect([ends.of('a'), onOver.mock.calls.length]).toEqual(['2026-01-01T01:00:00.000Z', 0]);
    await clock.advance(1_000);
    expect(ends.of('a')).toBeNull();
    await clock.advance(2_000);
    expect(onOver).toHaveBeenCalledTimes(1);
  });

  it('is not known of what has no end, was added elsewhere, or was removed', async () => {
    const { clock, ends, onOver } = setUp();
    for (const key of ['endless', 'removed', 'elsewhere', 'held']) ends.note(key, 60, onOver);
    ends.note('endless', null, onOver);
    ends.delete('removed');
    ends.keepOnly(new Set(['endless', 'held', 'strange']), ends.mark());
    expect(['endless', 'removed', 'elsewhere', 'strange'].map((key) => ends.of(key))).toEqual([null, null, null, null]);
    expect(ends.of('held')).not.toBeNull();
    await clock.advance(120_000);
    expect(onOver, 'of the one that is left').toHaveBeenCalledTimes(1);
  });

  it('stays known of a key that was added while the list of the agent was on its way', () => {
    const { ends, onOver } = setUp();
    const mark = ends.mark();
    ends.note('added meanwhile', 60, onOver);
    ends.keepOnly(new Set(), mark);
    expect(ends.of('added meanwhile')).not.toBeNull();
  });

  it('is the last one told, and outlives nothing of the app', async () => {
    const { clock, ends, onOver } = setUp();
    ends.note('a', 60, onOver);
    ends.note('a', 600, onOver);
    await clock.advance(120_000);
    expect([ends.of('a'), onOver.mock.calls.length]).toEqual(['2026-01-01T00:10:00.000Z', 0]);
    ends.close();
    await clock.advance(6_000_000);
    expect([ends.of('a'), onOver.mock.calls.length]).toEqual([null, 0]);
  });
});
