import type { ErrorShape } from '../contract/error-shape.ts';

/** One end of what joins two processes or threads. It carries structured clones, in order. */
export interface MessageLink {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** A call on its way to a child. `id` comes back with the answer. */
export interface CallMessage {
  readonly id: number;
  readonly channel: string;
  readonly input: unknown;
}

export type ReplyMessage = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  /** `cause` is for the log on this computer. */
  | { readonly ok: false; readonly error: ErrorShape; readonly cause: string }
);

/** What Node and Electron give a process to reach the one that started it. */
interface ProcessWithParent {
  /** In Electron's utility processes alone. */
  readonly parentPort?: {
    postMessage(message: unknown): void;
    on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  };
  send?(message: unknown): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** The link to whoever started this process, by `fork` of Node or of Electron. */
export function linkToParent(process: ProcessWithParent): MessageLink {
  const { parentPort } = process;
  if (!parentPort)
    return {
      post: (message) => void process.send?.(message),
      onMessage: (listener) => void process.on('message', listener),
    };
  return {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
  };
}
