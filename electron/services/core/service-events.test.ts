import { describe, expect, it } from 'vitest';
import { createServiceEmitter } from './service-events.ts';

describe('the events between services', () => {
  it('tells every listener before emit returns, and waits for those that take longer', async () => {
    const events = createServiceEmitter();
    const done: string[] = [];
    events.on('forgotten', async ({ accountId }) => {
      done.push(`begun ${accountId}`);
      await Promise.resolve();
      done.push('ended');
    });
    events.on('forgotten', () => done.push('second'));
    events.on('session-ended', () => done.push('another event'));
    const emitted = events.emit('forgotten', { accountId: 'a' });
    expect(done).toEqual(['begun a', 'second']);
    await emitted;
    expect(done).toEqual(['begun a', 'second', 'ended']);
  });

  it('passes on what goes wrong in a listener', async () => {
    const events = createServiceEmitter();
    events.on('proof-given', () => Promise.reject(new Error('full')));
    await expect(events.emit('proof-given', { accountId: 'a' })).rejects.toThrow('full');
  });
});
