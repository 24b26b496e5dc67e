import type { ConnectionState } from '../../../shared/contract/account/accounts.ts';
import type { Clock } from '../ports.ts';

/** Tries accounts that are offline again by itself, so that nobody has to. */
export interface Reconnector {
  onStateChanged(accountId: string, state: ConnectionState): void;
  /** Its session is over, or another one began. */
  stopFor(accountId: string): void;
  stop(): void;
}

/** Waits between tries, milliseconds; the last one repeats. */
const waitsMs = [5_000, 10_000, 20_000, 40_000, 60_000];

/** `retry` is expected to change the account's state, of which `note` hears; its own failure does not matter. */
export function createReconnector(clock: Clock, retry: (accountId: string) => Promise<unknown>): Reconnector {
  const loops = new Map<string, AbortController>();

  async function loop(accountId: string, { signal }: AbortController): Promise<void> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      await clock.sleep(waitsMs[Math.min(tries, waitsMs.length - 1)] ?? 0, signal);
      if (!signal.aborted) await retry(accountId);
    }
  }

  function end(accountId: string): void {
    loops.get(accountId)?.abort();
    loops.delete(accountId);
  }

  return {
    onStateChanged(accountId, { kind }) {
      if (kind !== 'offline') end(accountId);
      else if (!loops.has(accountId)) {
        const controller = new AbortController();
        loops.set(accountId, controller);
        loop(accountId, controller).catch(() => end(accountId));
      }
    },
    stopFor: end,
    stop() {
      for (const accountId of [...loops.keys()]) end(accountId);
    },
  };
}
