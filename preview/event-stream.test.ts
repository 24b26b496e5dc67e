import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createEventStreams } from './event-stream.ts';

it('D1 takes events until the services end as well, though the streams have ended before', async () => {
  const streams = createEventStreams();
  const faults: unknown[] = [];
  const server = createServer((_request, response: ServerResponse) => {
    response.on('error', (error) => faults.push(error));
    streams.add(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const page = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  streams.close();
  streams.send({ channel: 'clipboard.changed', payload: { clearsAt: null } });
  expect(await page.text()).toBe('\n');
  expect(faults).toEqual([]);
});
