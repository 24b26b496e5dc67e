import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { toHost } from './to-host.ts';

export interface ListeningProxy extends AsyncDisposable {
  readonly address: string;
  /** Everything the server at the other end has said so far. */
  heard(): string;
  /** Everything the app has sent so far. */
  asked(): string;
  askedBytes(): Buffer;
}

/** Stands between the app and the server at `address` and hears, for example, which tokens were given. */
export async function startListeningProxy(address: string): Promise<ListeningProxy> {
  const { hostname, port, host } = new URL(address);
  let heard = '';
  const asked: Buffer[] = [];
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    const upstream = connect(Number(port), hostname);
    upstream.on('data', (bytes) => (heard += bytes.toString('latin1')));
    client.on('data', (bytes) => {
      asked.push(bytes);
      upstream.write(toHost(bytes, host));
    });
    client.on('end', () => upstream.end());
    upstream.pipe(client);
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: () => heard,
    asked: () => Buffer.concat(asked).toString(),
    askedBytes: () => Buffer.concat(asked),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Kept alive by either end, they would hold it open for seconds.
        for (const client of clients) client.destroy();
      }),
  };
}
