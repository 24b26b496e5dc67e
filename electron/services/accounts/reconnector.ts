import type { ConnectionState } from '../../../shared/contract/account/connections.ts';
import type { Clock } from '../ports.ts';

/** Tries connections that are offline again by itself, so that nobody has to. */
export interface Reconnector {
  note(connectionId: string, state: ConnectionState): void;
  stop(): void;
}

/** Waits between tries, milliseconds; the last one repeats. */
const waits = [5_000, 10_000, 20_000, 40_000, 60_000];

/** `retry` is expected to change the connection's state, of which `note` hears; its own failure does not matter. */
export function createReconnector(clock: Clock, retry: (connectionId: string) => Promise<unknown>): Reconnector {
  const loops = new Map<string, AbortController>();

  async function loop(connectionId: string, { signal }: AbortController): Promise<void> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      await clock.sleep(waits[Math.min(tries, waits.length - 1)] ?? 0, signal);
      if (!signal.aborted) await retry(connectionId);
    }
  }

  function end(connectionId: string): void {
    loops.get(connectionId)?.abort();
    loops.delete(connectionId);
  }

  return {
    note(connectionId, { kind }) {
      // Renewing the token is part of a try, not the end of being offline.
      if (kind === 'signing-in') return;
      if (kind !== 'offline') end(connectionId);
      else if (!loops.has(connectionId)) {
        const controller = new AbortController();
        loops.set(connectionId, controller);
        loop(connectionId, controller).catch(() => end(connectionId));
      }
    },
    stop() {
      for (const connectionId of [...loops.keys()]) end(connectionId);
    },
  };
}
