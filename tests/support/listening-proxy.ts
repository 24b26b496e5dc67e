import { connect, createServer, type AddressInfo } from 'node:net';

export interface ListeningProxy extends AsyncDisposable {
  readonly address: string;
  /** Everything the server at the other end has said so far. */
  heard(): string;
}

/** Stands between the app and the server at `address` and hears, for example, which tokens were given. */
export async function startListeningProxy(address: string): Promise<ListeningProxy> {
  const { hostname, port } = new URL(address);
  let heard = '';
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    upstream.on('data', (bytes) => (heard += bytes.toString('latin1')));
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: () => heard,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
