import type { AppContract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import type { EventMessage } from '../../shared/rpc/transport.ts';

/** What a shell gets from `createServices(ports)`: the handlers of every call, the events, and an end. */
export interface Services {
  readonly handlers: Handlers<AppContract>;
  /** Payloads are checked before they arrive here. Returns the function that ends the subscription. */
  onEvent(listener: (message: EventMessage) => void): () => void;
  /** Takes a copied secret off the clipboard now. Never throws. */
  clearClipboard(): Promise<void>;
  /**
   * Before the app is locked or ends, while its page is there still: what was typed a moment ago is kept as a draft (X5).
   * Takes three seconds at most. Never throws.
   */
  keepTyped(): Promise<void>;
  /** Waits for pending writes and stops what runs. */
  close(): Promise<void>;
}
