import type { ServerResponse } from 'node:http';
import type { EventMessage } from '../shared/rpc/transport.ts';

export interface EventStreams {
  /** Keeps the response open and writes one event a line (NDJSON); an empty line is a heartbeat. */
  add(response: ServerResponse): void;
  send(message: EventMessage): void;
  /** For a page whose place another one takes. */
  endAll(): void;
  close(): void;
}

/** Told when a stream begins, and when the last one has ended. */
export interface Pages {
  noteSeen(): void;
  noteUnseen(): void;
}

const heartbeatMs = 15_000;
/** Bytes. A page that reads this slowly is cut off; it connects again and takes a fresh snapshot. */
const backlogLimit = 4_000_000;

/** The streams of one page: for a moment it has two, when it is loaded again. */
export function createEventStreams(pages?: Pages): EventStreams {
  const open = new Set<ServerResponse>();
  function write(line: string): void {
    for (const response of open) {
      if (response.writableLength > backlogLimit) response.destroy();
      else response.write(`${line}\n`);
    }
  }
  function endAll(): void {
    for (const response of open) response.end();
    // The services have things to tell until they are closed themselves; written to an ended stream, that would end the
    // process.
    open.clear();
  }
  const heartbeat = setInterval(() => write(''), heartbeatMs).unref();
  return {
    add(response) {
      response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
      response.write('\n');
      open.add(response);
      pages?.noteSeen();
      response.on('close', () => {
        open.delete(response);
        if (open.size === 0) pages?.noteUnseen();
      });
    },
    send: (message) => write(JSON.stringify(message)),
    endAll,
    close() {
      clearInterval(heartbeat);
      endAll();
    },
  };
}
