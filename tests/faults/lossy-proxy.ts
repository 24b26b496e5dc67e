import { connect } from 'node:net';
import { toHost } from '../support/to-host.ts';
import { serveTcp, type FaultServer } from './fault-server.ts';

export interface LossyProxy extends FaultServer {
  /**
   * The server gets the next request that holds this text, but its reply is lost on the way; nothing more comes through
   * if it is `theLast`.
   */
  loseNextReplyTo(text: string, theLast?: boolean): void;
  /** From now on, or no more, nothing comes through in either direction. */
  cut(isCut: boolean): void;
  /** Requests that came here so far, like `GET /me`. */
  requests(): readonly string[];
  /** Replies lost so far. */
  lost(): number;
}

/** Stands between a client and the server at `address`, and loses replies on demand. */
export async function serveLossyProxy(address: string): Promise<LossyProxy> {
  const { hostname, port, host } = new URL(address);
  let target: { readonly text: string; readonly isLast: boolean } | undefined;
  let lost = 0;
  let isCut = false;
  const requests: string[] = [];
  const server = await serveTcp((client) => {
    const upstream = connect(Number(port), hostname);
    let losing: typeof target;
    client.on('data', (bytes) => {
      const [, line] = /^([A-Z]+ \S+) HTTP\/1\.1\r\n/.exec(bytes.toString('latin1')) ?? [];
      if (line !== undefined) requests.push(line);
      if (isCut) return void client.resetAndDestroy();
      if (target && bytes.includes(target.text)) {
        losing = target;
        target = undefined;
      }
      upstream.write(toHost(bytes, host));
    });
    upstream.on('data', (bytes) => {
      if (!losing) return void client.write(bytes);
      lost += 1;
      isCut ||= losing.isLast;
      client.resetAndDestroy();
    });
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  return {
    ...server,
    loseNextReplyTo: (text, theLast = false) => void (target = { text, isLast: theLast }),
    cut: (next) => void (isCut = next),
    requests: () => requests,
    lost: () => lost,
  };
}
