import { describe, expect, it, vi } from 'vitest';
import type { ConnectionState } from '../../../shared/contract/account/accounts.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createReconnector } from './reconnector.ts';

const since = '2026-01-01T00:00:00.000Z';
const offline: ConnectionState = { kind: 'offline', since, cause: { code: 'offline', reason: 'connection-refused' } };
const online: ConnectionState = { kind: 'online', since };

function setUp() {
  const clock = createManualClock();
  const retry = vi.fn<(accountId: string) => Promise<void>>(() => Promise.resolve());
  return { clock, retry, reconnector: createReconnector(clock, retry) };
}

describe('D5 reconnector', () => {
  it('tries an offline account again after 5, 10, 20, 40 and then every 60 seconds', async () => {
    const { clock, retry, reconnector } = setUp();
    reconnector.onStateChanged('a', offline);
    for (const [seconds, tries] of [
      [4, 0],
      [1, 1],
      [9, 1],
      [1, 2],
      [20, 3],
      [40, 4],
      [60, 5],
      [60, 6],
    ] as const) {
      await clock.advance(seconds * 1_000);
      expect(retry).toHaveBeenCalledTimes(tries);
    }
  });

  it('stops once the account is online, and begins anew when it goes offline again', async () => {
    const { clock, retry, reconnector } = setUp();
    reconnector.onStateChanged('a', offline);
    await clock.advance(15_000);
    reconnector.onStateChanged('a', online);
    await clock.advance(600_000);
    expect(retry).toHaveBeenCalledTimes(2);
    reconnector.onStateChanged('a', offline);
    await clock.advance(5_000);
    expect(retry).toHaveBeenCalledTimes(3);
  });

  it('does not begin anew for every failed try', async () => {
    const { clock, retry, reconnector } = setUp();
    reconnector.onStateChanged('a', offline);
    await clock.advance(5_000);
    reconnector.onStateChanged('a', offline);
    await clock.advance(10_000);
    expect(retry).toHaveBeenCalledTimes(2);
  });

  it('stops for an account whose session ends, and begins anew for the next one', async () => {
    const { clock, retry, reconnector } = setUp();
    reconnector.onStateChanged('a', offline);
    reconnector.onStateChanged('b', offline);
    reconnector.stopFor('a');
    await clock.advance(5_000);
    expect(retry.mock.calls).toEqual([['b']]);
    reconnector.onStateChanged('a', offline);
    await clock.advance(5_000);
    expect(retry.mock.calls).toEqual([['b'], ['a']]);
  });

  it('keeps accounts apart, and stops all when the app closes', async () => {
    const { clock, retry, reconnector } = setUp();
    reconnector.onStateChanged('a', offline);
    reconnector.onStateChanged('b', offline);
    reconnector.onStateChanged('a', { kind: 'signed-out', sessionEnded: true });
    await clock.advance(5_000);
    expect(retry.mock.calls).toEqual([['b']]);
    reconnector.stop();
    await clock.advance(600_000);
    expect(retry).toHaveBeenCalledTimes(1);
  });
});
