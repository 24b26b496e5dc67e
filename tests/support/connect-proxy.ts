import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface ConnectProxy extends AsyncDisposable {
  readonly address: string;
  /** Where each tunnel was to lead, e.g. "id.example:443". */
  readonly asked: string[];
  /** The status that it answers CONNECT with; 200 opens the tunnel. */
  status: number;
}

/** A proxy of an organisation: whatever name it is asked for, its tunnels lead to `port` of this computer. */
export async function startConnectProxy(port: number, status = 200): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(500).end());
  server.on('connect', (request, client: Socket) => {
    sockets.add(client);
    client.on('error', () => undefined);
    proxy.asked.push(request.url ?? '');
    const page = '<h1>Sign in to this network</h1>';
    if (proxy.status !== 200)
      return void client.end(
        `HTTP/1.1 ${String(proxy.status)} No\r\nContent-Type: text/html\r\nContent-Length: ${String(page.length)}\r\n\r\n${page}`,
      );
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: ConnectProxy = {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked: [],
    status,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
  return proxy;
}
