import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createSequence } from '../core/sequence.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { CachedResource, type Reading } from './cached-resource.ts';

interface Stored {
  readonly reading?: Reading<string>;
  readonly answers: number;
}

function setUp() {
  const remote = { says: 'one', isOut: false, isShown: true };
  const waiting: (() => void)[] = [];
  let isSlow = false;
  let stored: Stored = { answers: 0 };
  const clock = createManualClock();
  const account = {
    async ask() {
      const { says } = remote;
      if (isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
      if (remote.isOut) throw new AppError('offline', { reason: 'connection-refused' });
      return says;
    },
  };
  const resource = new CachedResource(
    {
      signedIn: { request: (_id, act) => act(account) },
      states: { read: async () => stored, note: async (_id, next) => (stored = next(stored)) },
      clock,
      sequence: createSequence(clock),
      mustShow: () =>
        remote.isShown
          ? Promise.resolve()
          : Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
    },
    {
      ask: (from: typeof account) => from.ask(),
      get: ({ reading }: Stored) => reading,
      set: (now, reading) => ({ ...now, reading }),
      merge: (now, reading) => ({ reading, answers: now.answers + 1 }),
      show: (head, word, { answers }) => ({ ...head, word, answers }),
    },
  );
  /** Asks, and gives what lets the answer through. */
  const readLate = async () => {
    isSlow = true;
    const reading = resource.read('a', 'provider');
    await Promise.resolve();
    isSlow = false;
    return { reading, answer: waiting.shift() ?? (() => undefined) };
  };
  return { remote, clock, resource, readLate };
}

describe('CachedResource', () => {
  it('gives what the provider says, and after it the same without asking', async () => {
    const { remote, clock, resource } = setUp();
    const head = { accountId: 'a', takenAt: '2026-01-01T00:00:00.000Z', word: 'one', answers: 1 };
    const first = await resource.read('a', 'provider');
    expect(first).toMatchObject({ ...head, source: 'provider' });
    remote.says = 'two';
    await clock.advance(1_000);
    expect(await resource.read('a', 'cache')).toEqual({ ...head, source: 'cache', sequence: 0 });
    expect(await resource.known('a')).toBe('one');
    expect(await resource.read('a', 'provider')).toMatchObject({ word: 'two', takenAt: '2026-01-01T00:00:01.000Z' });
    expect((await resource.again('a')).sequence).toBeGreaterThan(first.sequence);
  });

  it('falls back to what is kept, older by its source and newer by its number', async () => {
    const { remote, resource } = setUp();
    const { sequence } = await resource.read('a', 'provider');
    remote.isOut = true;
    const stale = await resource.read('a', 'provider');
    expect(stale).toMatchObject({ source: 'cache', word: 'one', answers: 1 });
    expect(stale.sequence).toBeGreaterThan(sequence);
    expect(await resource.again('a')).toMatchObject({ source: 'cache' });
    await expect(resource.refresh('a')).rejects.toMatchObject({ code: 'offline' });
    remote.isOut = false;
    expect(await resource.read('a', 'provider')).toMatchObject({ source: 'provider' });
  });

  it('says why the provider gave nothing where nothing is kept either', async () => {
    const { remote, resource } = setUp();
    remote.isOut = true;
    await expect(resource.read('a', 'provider')).rejects.toMatchObject({ code: 'offline' });
    await expect(resource.read('a', 'cache')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('lets a fault of ours through as what it is', async () => {
    const { resource } = setUp();
    await resource.read('a', 'provider');
    await expect(resource.orCached('a', () => Promise.reject(new TypeError('a fault of ours')))).rejects.toThrow(
      TypeError,
    );
  });

  it('shows nothing that is kept once the person has signed out', async () => {
    const { remote, resource } = setUp();
    await resource.read('a', 'provider');
    Object.assign(remote, { isOut: true, isShown: false });
    for (const read of ['readCached', 'readStale', 'again', 'known'] as const)
      await expect(resource[read]('a')).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(resource.read('a', 'provider')).rejects.toMatchObject({ code: 'offline' });
  });

  it('knows better by what was asked later, not by what was answered later', async () => {
    const { remote, resource, readLate } = setUp();
    const { reading, answer } = await readLate();
    remote.says = 'two';
    await resource.read('a', 'provider');
    answer();
    expect(await reading).toMatchObject({ word: 'two', answers: 1 });
    expect(await resource.known('a')).toBe('two');
  });

  it('asks again if something was changed while it asked', async () => {
    const { remote, resource, readLate } = setUp();
    const { reading, answer } = await readLate();
    remote.says = 'changed';
    resource.markChanged('a');
    answer();
    expect(await reading).toMatchObject({ word: 'changed', answers: 1 });
  });

  it('adds what is known of a request that failed', async () => {
    const { resource } = setUp();
    await resource.read('a', 'provider');
    const snapshot = await resource.readStale('a', (stored) => ({ ...stored, answers: 7 }));
    expect(snapshot).toMatchObject({ source: 'cache', word: 'one', answers: 7 });
  });
});
