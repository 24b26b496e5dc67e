import type { EventMessage, Reply, Transport } from '../../shared/rpc/transport.ts';
import type { ShellLink, ShellState } from './host.ts';
import { followEvents } from './follow-events.ts';

export interface BrowserTransportOptions {
  readonly token: string;
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Requests by `POST /rpc`, events by a streamed `GET /events` with one EventMessage a line (NDJSON). */
export function createBrowserTransport({ token, fetch, sleep }: BrowserTransportOptions): Transport & ShellLink {
  const headers = { 'X-Profile-Desk-Token': token };
  const listeners = new Set<(message: EventMessage) => void>();
  const stateListeners = new Set<(state: ShellState) => void>();
  const resyncListeners = new Set<() => void>();
  let listening: Promise<void> | undefined;

  let isDisplaced = false;
  let wanted = () => {};

  function displace(): Promise<void> {
    tell('displaced');
    isDisplaced = true;
    return new Promise((resolve) => (wanted = resolve));
  }

  function tell(state: ShellState): void {
    // Without events the page is out of date, whatever a call still running says.
    if (isDisplaced) return;
    for (const listener of stateListeners) listener(state);
  }

  /** Errors: whatever `fetch` throws where nobody answers. Returns undefined for a refused token. */
  async function ask(path: string, init: RequestInit): Promise<Response | undefined> {
    const response = await fetch(path, init);
    tell(response.status === 401 ? 'token-refused' : 'answering');
    return response.status === 401 ? undefined : response;
  }

  /** A snapshot taken before the events flow could miss a change between the two, so requests wait for them. */
  const listen = (): Promise<void> =>
    (listening ??= new Promise((resolve) => {
      void followEvents({
        open: () => ask('/events', { headers }),
        sleep,
        onMessage: (message) => listeners.forEach((listener) => listener(message)),
        onResync: () => resyncListeners.forEach((listener) => listener()),
        onFirstAnswer: resolve,
        onLost: () => tell('gone'),
        onDisplaced: displace,
      });
    }));

  return {
    async request(channel, input) {
      await listen();
      try {
        const body = JSON.stringify({ channel, input });
        const response = await ask('/rpc', { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body });
        if (response?.status === 413) return { ok: false, error: { code: 'invalid-request', reason: 'request-too-large' } };
        if (response?.ok) return (await response.json()) as Reply;
      } catch {
        tell('gone');
      }
      // The page as a whole says what happened; the caller only learns that there is no answer.
      return { ok: false, error: { code: 'cancelled' } };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takeBack() {
      isDisplaced = false;
      wanted();
    },
    onState: (listener) => void stateListeners.add(listener),
    onResync: (listener) => void resyncListeners.add(listener),
  };
}
