import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createStartService } from './start.service.ts';

type Parts = Parameters<typeof createStartService>[0];

/** The services that have the parts; each notes that it was asked, and refuses if its name is given. */
function createStart(state: 'online' | 'offline' | 'signed-out', refused?: { channel: string; error: Error }) {
  const asked: unknown[] = [];
  const answer = (channel: string, value: unknown, input?: unknown): Promise<unknown> => {
    asked.push(input === undefined ? channel : [channel, input]);
    return channel === refused?.channel ? Promise.reject(refused.error) : Promise.resolve(value);
  };
  const list = {
    connections: [
      { id: 'other', state: { kind: 'online' } },
      { id: 'one', state: { kind: state } },
    ],
    currentId: 'one',
  };
  const parts = {
    app: { snapshot: () => answer('app', 'app') },
    settings: { get: () => answer('settings', 'settings') },
    connections: { list: () => answer('connections', list) },
    profile: { get: (input: unknown) => answer('profile', 'kept', input) },
  };
  return { start: createStartService(parts as unknown as Parts), asked, list };
}

const kept = ['profile', { connectionId: 'one', from: 'cache' }];

describe('W1 D1 what the first screen shows', () => {
  it.each(['online', 'offline'] as const)(
    'is all of it in one answer while %s, and no provider is asked',
    async (state) => {
      const { start, asked, list } = createStart(state);
      expect(await start.snapshot(undefined)).toEqual({
        app: 'app',
        settings: 'settings',
        connections: list,
        profile: 'kept',
      });
      expect(asked).toEqual(['connections', 'app', 'settings', kept]);
    },
  );

  it('has no profile of a session that has ended', async () => {
    const { start, asked } = createStart('signed-out');
    expect(await start.snapshot(undefined)).toMatchObject({ profile: null });
    expect(asked).not.toContainEqual(kept);
  });

  it('has no profile where none is kept, and keeps no fault of ours quiet', async () => {
    const nothingKept = createStart('online', { channel: 'profile', error: new AppError('not-found') });
    expect(await nothingKept.start.snapshot(undefined)).toMatchObject({ app: 'app', profile: null });
    const broken = createStart('online', { channel: 'profile', error: new TypeError('ours') });
    await expect(broken.start.snapshot(undefined)).rejects.toThrow('ours');
  });

  it('is refused as a whole where what is sealed stays shut, and asks nothing else then', async () => {
    const { start, asked } = createStart('online', {
      channel: 'connections',
      error: new AppError('key-store-unavailable'),
    });
    await expect(start.snapshot(undefined)).rejects.toMatchObject({ code: 'key-store-unavailable' });
    expect(asked).toEqual(['connections']);
  });
});
