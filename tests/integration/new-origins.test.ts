import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../electron/services/testing/manual-clock.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

// A renderer that somebody took over speaks the rpc directly: where could it have the services send something?

let folder: TempFolder;
let stranger: Server;
let address: string;
let arrived: number;
let asked: string[];
let app: AppUnderTest | undefined;
let server: TestServer | undefined;

beforeEach(async () => {
  folder = makeTempFolder();
  arrived = 0;
  asked = [];
  stranger = createServer((_request, response) => response.end('{}')).on('connection', () => (arrived += 1));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${String((stranger.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  await app?.close();
  await server?.close();
  stranger.closeAllConnections();
  stranger.close();
  [app, server] = [undefined, undefined];
  folder[Symbol.dispose]();
});

async function open(answer: (origin: string) => Promise<boolean>, ports = {}): Promise<AppUnderTest> {
  app = await openApp(`${folder.path}/app`, {
    originQuestion: { ask: (origin) => (asked.push(origin), answer(origin)) },
    ...ports,
  });
  return app;
}

const refused = { code: 'cancelled', details: { reason: 'origin-refused' } };
const password = 'the profile, in pieces';

describe('M5 an address that the app has not been in touch with', () => {
  it('gets nothing without the person’s consent, whatever the page calls', async () => {
    const { calls } = await open(async () => false);
    const target = { kind: 'address', address: `${address}/the-profile-in-pieces` } as const;
    await expect(calls.accounts.inspect(target)).rejects.toMatchObject(refused);
    await expect(calls.auth.signIn({ target, identifier: 'mara', password })).rejects.toMatchObject(refused);
    await expect(calls.auth.signInWithIdentity({ target, issuer: 'https://id.example' })).rejects.toMatchObject(
      refused,
    );
    expect(arrived).toBe(0);
    expect(asked).toEqual([address, address, address]);
  });

  it('is asked about a few times a minute at most, and one at a time', async () => {
    const clock = createManualClock();
    let open_ = 0;
    let most = 0;
    const { calls } = await open(
      async () => {
        most = Math.max(most, (open_ += 1));
        await new Promise((resolve) => setImmediate(resolve));
        open_ -= 1;
        return false;
      },
      { clock },
    );
    const inspect = (port: number) =>
      calls.accounts.inspect({ kind: 'address', address: `http://127.0.0.1:${String(port)}` }).then(
        () => 'reached',
        (error: unknown) => error,
      );
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => inspect(20_000 + n)));
    expect(outcomes.filter((error) => (error as { code?: string }).code === 'rate-limited')).toHaveLength(15);
    expect([asked.length, most]).toEqual([5, 1]);
    expect(outcomes.at(-1)).toMatchObject({ code: 'rate-limited', details: { retryAfter: 60 } });
    await clock.advance(60_000);
    expect(await inspect(30_000)).toMatchObject(refused);
  });

  it('shares one question among the calls that wait for it, and is asked about once', async () => {
    server = await startTestServer();
    const { calls } = await open(async () => true);
    const target = { kind: 'address', address: server.address } as const;
    await Promise.all([calls.accounts.inspect(target), calls.accounts.inspect(target)]);
    await calls.auth.signIn({ target, identifier: server.identifier, password: server.password });
    expect(asked).toEqual([server.address]);
  });

  it('is told to the page while its question waits: that is not on the page', async () => {
    const seen: (string | null)[] = [];
    const { calls } = await open(async () => {
      seen.push((await calls.app.snapshot()).askedOrigin);
      return false;
    });
    await expect(calls.accounts.inspect({ kind: 'address', address })).rejects.toMatchObject(refused);
    expect(seen).toEqual([address]);
    expect((await calls.app.snapshot()).askedOrigin).toBeNull();
    const told = () => app?.events.filter(({ channel }) => channel === 'app.changed').map(({ payload }) => payload);
    await expect.poll(told).toMatchObject([{ askedOrigin: address }, { askedOrigin: null }]);
  });

  it('is known in the next run while an account of it is listed, and not once that is removed', async () => {
    server = await startTestServer();
    const target = { kind: 'address', address: server.address } as const;
    const first = await open(async () => true);
    const signedIn = await first.calls.auth.signIn({
      target,
      identifier: server.identifier,
      password: server.password,
    });
    const accountId = signedIn.next === 'done' ? signedIn.accountId : '';
    await first.calls.auth.signOut({ accountId, forget: false });
    await first.close();
    asked.length = 0;
    const second = await open(async () => false);
    expect((await second.calls.accounts.inspect({ ...target, address: `${server.address}/` })).address).toBe(
      server.address,
    );
    expect(asked).toEqual([]);
    await second.calls.auth.signOut({ accountId, forget: true });
    await expect(second.calls.accounts.inspect(target)).rejects.toMatchObject(refused);
  });
});
