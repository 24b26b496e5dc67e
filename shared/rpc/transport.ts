import type { ErrorShape } from '../contract/error-shape.ts';

/** The only two answers there are; both survive structured clone and JSON. */
export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ErrorShape };

export interface EventMessage {
  readonly channel: string;
  readonly payload: unknown;
}

/** What carries requests and events between the renderer and the services. */
export interface Transport {
  request(channel: string, input: unknown): Promise<Reply>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (message: EventMessage) => void): () => void;
}
