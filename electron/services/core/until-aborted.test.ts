import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { untilAborted } from './until-aborted.ts';

describe('X11 what is waited for until a lock', () => {
  it('is given, or its error, and nothing listens to the signal any more', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve('chosen'), undefined)).toBe('chosen');
    expect(await untilAborted(Promise.resolve('chosen'), signal)).toBe('chosen');
    await expect(untilAborted(Promise.reject(new Error('none')), signal)).rejects.toThrow('none');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it.each(['before', 'meanwhile'])('is dropped once nobody waits any more, as of %s', async (when) => {
    const locked = new Error('locked');
    const controller = new AbortController();
    let fail = (_error: Error): void => undefined;
    const chosen = new Promise<string>((_resolve, reject) => (fail = reject));
    if (when === 'before') controller.abort(locked);
    const waiting = untilAborted(chosen, controller.signal);
    controller.abort(locked);
    await expect(waiting).rejects.toBe(locked);
    fail(new Error('too late, and heard by nobody'));
    await expect(waiting).rejects.toBe(locked);
  });
});
