import type { ServerResponse } from 'node:http';
import type { EventMessage } from '../shared/rpc/transport.ts';

export interface EventStreams {
  /**
   * Keeps the response open and writes one event a line (NDJSON); an empty line is a heartbeat.
   * Where that makes too many, the oldest is ended with the line `displaced`.
   */
  add(response: ServerResponse): void;
  send(message: EventMessage): void;
  /** Pages that listen. */
  count(): number;
  closeAll(): void;
}

const heartbeatMs = 15_000;
/** Bytes. A page that reads this slowly is cut off; it connects again and takes a fresh snapshot. */
const backlogLimit = 4_000_000;
/** A browser opens six HTTP/1.1 connections to a host; streams must leave some for the calls of all pages. */
const openLimit = 4;

/** `onLeft`: a page that listened is gone. */
export function createEventStreams(onLeft: () => void = () => undefined): EventStreams {
  const open = new Set<ServerResponse>();
  function write(line: string): void {
    for (const response of open) {
      if (response.writableLength > backlogLimit) response.destroy();
      else response.write(`${line}\n`);
    }
  }
  const heartbeat = setInterval(() => write(''), heartbeatMs).unref();
  return {
    add(response) {
      const [oldest] = open;
      if (oldest && open.size >= openLimit) {
        open.delete(oldest);
        oldest.end('displaced\n');
      }
      response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
      response.write('\n');
      open.add(response);
      response.on('close', () => {
        open.delete(response);
        onLeft();
      });
    },
    send: (message) => write(JSON.stringify(message)),
    count: () => open.size,
    closeAll() {
      clearInterval(heartbeat);
      for (const response of open) response.end();
      // The services have things to tell until they are closed themselves; written to an ended stream, that would end the process.
      open.clear();
    },
  };
}
