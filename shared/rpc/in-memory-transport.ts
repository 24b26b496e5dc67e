import type { Dispatcher } from './dispatcher.ts';
import type { EventMessage, Transport } from './transport.ts';

// Present in every runtime we meet, but in none of the libraries this layer may see.
declare function structuredClone<T>(value: T): T;

export interface InMemoryTransport extends Transport {
  send(message: EventMessage): void;
}

/**
 * Carries everything through structured clone, as Electron's IPC does, so what cannot be cloned fails in tests too.
 */
export function createInMemoryTransport<Sender>(dispatcher: Dispatcher<Sender>, sender: Sender): InMemoryTransport {
  const listeners = new Set<(message: EventMessage) => void>();
  return {
    async request(channel, input) {
      return structuredClone(await dispatcher.dispatch(channel, structuredClone(input), sender));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(message) {
      for (const listener of listeners) listener(structuredClone(message));
    },
  };
}
