import { describe, expect, it } from 'vitest';
import type { StoredAccount } from '../../accounts/accounts.stored.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { silentLog } from '../../testing/test-storage.ts';
import type { FoundChange } from './compare/compare-readings.ts';
import { watchNews } from './news.ts';

const at = '2026-01-01T00:00:00.000Z';

function change(changes: Partial<FoundChange> = {}): FoundChange {
  return {
    ...{ type: 'change', at, since: at, area: 'sessions', change: 'added', subject: 'Firefox', by: 'elsewhere' },
    ...{ detail: 'Linux · 203.0.113.5', field: null, label: null, from: null, to: null },
    ...changes,
  };
}

function setUp(isWished = true) {
  const shown: { title: string; body: string }[] = [];
  const read: string[] = [];
  const clock = createManualClock();
  const accounts = [
    { id: 'a', providerName: 'Control account', isSignedOut: false },
    { id: 'b', providerName: 'Other', isSignedOut: true },
  ] as unknown as StoredAccount[];
  const news = watchNews({
    registry: { all: async () => ({ accounts, currentId: null }) as never, get: async () => accounts[0]! },
    notifier: { show: async (notification) => shown.push(notification) > 0 },
    ...{ clock, log: silentLog, isWished: () => isWished },
    read: async (id) => read.push(id),
  });
  return { shown, read, clock, news };
}

describe('X4 news of the desktop', () => {
  it('tells of a new session and of new keys, each kind once', async () => {
    const { shown, news } = setUp();
    const key = { area: 'sshKeys' as const, subject: 'Laptop', detail: 'SHA256:abc' };
    await news.tell('a', [change(), change(key), change({ ...key, subject: 'Other' })]);
    expect(shown).toEqual([
      {
        title: 'Somebody signed in to your account at Control account',
        body: 'Firefox · Linux · 203.0.113.5. Was that you? Look at Activity in Profile Desk.',
      },
      {
        title: 'Your account at Control account has 2 new keys',
        body: 'Laptop · SHA256:abc. Was that you? Look at Activity in Profile Desk.',
      },
    ]);
  });

  it.each<[string, Partial<FoundChange>]>([
    ['done here', { by: 'you' }],
    ['maybe done on a page that was opened', { by: 'maybe-you', pageOpenedAt: at }],
    ['gone', { change: 'removed' }],
    ['of the profile', { area: 'profile', change: 'changed' }],
  ])('tells of nothing that is %s', async (_name, changes) => {
    const { shown, news } = setUp();
    await news.tell('a', [change(changes)]);
    expect(shown).toEqual([]);
  });

  it('is silent where it is not wished, and asks nobody', async () => {
    const { shown, read, clock, news } = setUp(false);
    await news.tell('a', [change()]);
    await clock.advance(900_000);
    expect([shown, read]).toEqual([[], []]);
  });

  it('looks at each signed-in account every quarter of an hour, until it is stopped', async () => {
    const { read, clock, news } = setUp();
    await clock.advanceRounds(1_800_000);
    expect(read).toEqual(['a', 'a']);
    news.stop();
    await clock.advance(1_800_000);
    expect(read).toEqual(['a', 'a']);
  });
});
