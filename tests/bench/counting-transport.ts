import axios from 'axios';
import type { HttpTransport } from '../../electron/services/ports.ts';

export interface CountingTransport {
  readonly transport: HttpTransport;
  /** Requests that were sent so far. */
  readonly count: () => number;
}

/** Sends as the app does without a shell, and counts. */
export function createCountingTransport(): CountingTransport {
  const send = axios.getAdapter('http');
  let sent = 0;
  return {
    transport: {
      adapter(config) {
        sent += 1;
        return send(config);
      },
    },
    count: () => sent,
  };
}
