import { AppError } from '../contract/errors.ts';
import type { Client, Contract, EventMap } from './define.ts';
import type { EventMessage, Transport } from './transport.ts';

export interface RpcClient<C extends Contract> {
  readonly calls: Client<C>;
  /** Returns the function that ends the subscription. */
  on<K extends keyof EventMap<C>>(channel: K, listener: (payload: EventMap<C>[K]) => void): () => void;
}

/**
 * Builds the typed client from the contract's TYPE alone, so that no schema (and no zod) is loaded
 * where it is used. `client.calls.group.verb(input)` sends `input` on the channel `group.verb`.
 * Rejects with AppError.
 */
export function createClient<C extends Contract>(transport: Transport): RpcClient<C> {
  async function request(channel: string, input: unknown): Promise<unknown> {
    const reply = await transport.request(channel, input);
    if (reply.ok) return reply.value;
    throw AppError.fromShape(reply.error);
  }
  return { calls: createCalls<C>(request), on: fanOut<C>(transport) };
}

/** `calls.group.verb(input)` is `request('group.verb', input)`. */
export function createCalls<C extends Contract>(
  request: (channel: string, input: unknown) => Promise<unknown>,
): Client<C> {
  const groups = new Map<string, object>();
  function group(name: string): object {
    const known = groups.get(name);
    if (known) return known;
    const made = proxyOf((verb) => (input?: unknown) => request(`${name}.${verb}`, input));
    groups.set(name, made);
    return made;
  }
  return proxyOf(group) as Client<C>;
}

/** One subscription, whoever listens: each would cost a copy of every payload on its way into the page. */
function fanOut<C extends Contract>(transport: Transport): RpcClient<C>['on'] {
  const listeners = new Set<(message: EventMessage) => void>();
  let leave: (() => void) | undefined;

  /** What one listener throws is thrown on once the others have heard of the event too. */
  function deliver(message: EventMessage): void {
    const faults: unknown[] = [];
    for (const listener of [...listeners]) {
      try {
        listener(message);
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  return (channel, listener) => {
    const own = (message: EventMessage): void => {
      if (message.channel === channel) listener(message.payload as EventMap<C>[typeof channel]);
    };
    listeners.add(own);
    leave ??= transport.subscribe(deliver);
    return () => {
      listeners.delete(own);
      if (listeners.size > 0) return;
      leave?.();
      leave = undefined;
    };
  };
}

function proxyOf(get: (name: string) => unknown): object {
  return new Proxy(
    {},
    {
      get(_target, name) {
        // A promise looks for `then`; answering it would make every group a thenable.
        return typeof name === 'string' && name !== 'then' ? get(name) : undefined;
      },
    },
  );
}
