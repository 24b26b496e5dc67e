import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Certificate } from './certificates.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on this computer that behaves as badly as it is told to. */
export interface FaultServer extends AsyncDisposable {
  /** Base URL. */
  readonly address: string;
  /** Sockets that are open now. */
  openSockets(): number;
  /** Bytes that all clients together let themselves be sent. */
  bytesSent(): number;
  close(): Promise<void>;
}

/** Speaks HTTP: every request goes to the handler. */
export function serveHttp(handler: Handler): Promise<FaultServer> {
  return listen(createHttpServer(handler), 'http');
}

export function serveHttps(handler: Handler, certificate: Certificate): Promise<FaultServer> {
  return listen(createHttpsServer({ key: certificate.key, cert: certificate.cert }, handler), 'https');
}

/** Speaks whatever `talk` writes. */
export function serveTcp(talk: (socket: Socket) => void, scheme: 'http' | 'https' = 'http'): Promise<FaultServer> {
  return listen(createTcpServer(talk), scheme);
}

/** Base URL of a port where nobody listens. */
export async function refuseConnections(): Promise<string> {
  const server = await serveTcp(() => undefined);
  await server.close();
  return server.address;
}

async function listen(server: Server, scheme: string): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  let sentBefore = 0;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // A client that hangs up is what these tests are about.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      sentBefore += socket.bytesWritten;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  async function close(): Promise<void> {
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  }
  return {
    address: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    openSockets: () => sockets.size,
    bytesSent: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, sentBefore),
    close,
    [Symbol.asyncDispose]: close,
  };
}
