import type { EventMessage, Reply, Transport } from '../../shared/rpc/transport.ts';
import type { ShellLink, ShellState } from './host.ts';
import { followEvents } from './follow-events.ts';
import type { Pass } from './take-pass.ts';

export interface BrowserTransportOptions {
  readonly pass: Pass;
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Requests by `POST /rpc`, events by a streamed `GET /events` with one EventMessage a line (NDJSON). */
export function createBrowserTransport({ pass, fetch, sleep }: BrowserTransportOptions): Transport & ShellLink {
  const headers = { 'X-Profile-Desk-Token': pass.token, 'X-Profile-Desk-Code': pass.code };
  const listeners = new Set<(message: EventMessage) => void>();
  const states = createStates();
  const resyncListeners = new Set<() => void>();
  let listening: Promise<void> | undefined;

  /** Errors: whatever `fetch` throws where nobody answers. Returns undefined for a refused token. */
  async function ask(path: string, init: RequestInit): Promise<Response | undefined> {
    const response = await fetch(path, init);
    states.emit(response.status === 401 ? 'token-refused' : 'answering');
    return response.status === 401 ? undefined : response;
  }

  /** Resolves when events flow, or cannot now: a snapshot taken before that could miss a change. */
  function listen(): Promise<void> {
    listening ??= new Promise((onFirstAnswer) => {
      void followEvents({
        open: () => ask('/events', { headers }),
        sleep,
        onMessage: (message) => listeners.forEach((listener) => listener(message)),
        onResync: () => resyncListeners.forEach((listener) => listener()),
        onFirstAnswer,
        onLost: () => states.emit('gone'),
      });
    });
    return listening;
  }

  return {
    async request(channel, input) {
      await listen();
      try {
        const response = await ask('/rpc', {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: JSON.stringify({ channel, input }),
        });
        return await readReply(response);
      } catch {
        states.emit('gone');
        return noReply;
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onState: states.listen,
    onResync: (listener) => void resyncListeners.add(listener),
  };
}

/** The page as a whole says what happened; the caller only learns that there is no answer. */
const noReply: Reply = { ok: false, error: { code: 'cancelled' } };

/** Errors: what `json` throws where the answer breaks off. */
async function readReply(response: Response | undefined): Promise<Reply> {
  if (response?.status === 413) return { ok: false, error: { code: 'invalid-request', reason: 'request-too-large' } };
  return response?.ok ? ((await response.json()) as Reply) : noReply;
}

/** Tells the newest state to late listeners too: the first calls are made before anybody listens. */
function createStates() {
  const listeners = new Set<(state: ShellState) => void>();
  let newest: ShellState | undefined;
  return {
    emit(state: ShellState): void {
      newest = state;
      for (const listener of listeners) listener(state);
    },
    listen(listener: (state: ShellState) => void): void {
      listeners.add(listener);
      if (newest) listener(newest);
    },
  };
}
