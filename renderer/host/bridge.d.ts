import type { EventMessage, Reply } from '../../shared/rpc/transport.ts';

declare global {
  interface Window {
    /** Put there by electron/preload; absent in the browser shell. */
    readonly profileDesk?: {
      request(channel: string, input: unknown): Promise<Reply>;
      subscribe(listener: (message: EventMessage) => void): () => void;
    };
  }
}
