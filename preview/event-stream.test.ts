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

it('X11 tells when the last page went, not when one of two did', async () => {
  const told: string[] = [];
  const streams = createEventStreams({
    noteSeen: () => void told.push('seen'),
    noteUnseen: () => void told.push('unseen'),
  });
  const server = createServer((_request, response: ServerResponse) => streams.add(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    streams.close();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const [before, reloaded] = [new AbortController(), new AbortController()];
  await fetch(address, { signal: before.signal });
  await fetch(address, { signal: reloaded.signal });
  before.abort();
  // Somebody whose stream comes after the first has gone.
  await expect.poll(() => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)))).toBe(1);
  expect(told).toEqual(['seen', 'seen']);
  reloaded.abort();
  await expect.poll(() => told).toEqual(['seen', 'seen', 'unseen']);
});
