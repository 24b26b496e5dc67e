import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createServer } from '../../create-server.ts';
import { defaultPreset } from '../../presets/presets.ts';
import { createTestFolder } from '../../testing/test-database.ts';
import { createResetRequests } from './reset-requests.ts';

const address = '127.0.0.1';

describe('W9 M2 asking for a reset link without a session', () => {
  function setUp(answer: (identifier: string) => void) {
    const reported: unknown[] = [];
    const requests = createResetRequests({ answer }, (_reference, cause) => reported.push(cause), 10);
    onTestFinished(() => requests.stop());
    return { requests, reported };
  }

  it('is worked off on a later tick, each identifier once, whatever its case', async () => {
    const answered: string[] = [];
    const { requests } = setUp((identifier) => answered.push(identifier));
    requests.start();
    for (const identifier of ['nobody', 'Mara', 'mara']) requests.add(identifier, address);
    await Promise.resolve();
    expect(answered).toEqual([]);
    await expect.poll(() => answered).toEqual(['nobody', 'mara']);
  });

  it('is worked off at the end too, and keeps no more than a thousand', async () => {
    let answered = 0;
    const { requests } = setUp(() => (answered += 1));
    for (let count = 0; count < 1_500; count += 1) requests.add(String(count), address);
    await requests.stop();
    expect(answered).toBe(1_000);
  });

  it('is worked off a few in a tick, whatever waits', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    let answered = 0;
    const { requests } = setUp(() => (answered += 1));
    requests.start();
    for (let count = 0; count < 120; count += 1) requests.add(String(count), address);
    for (const expected of [50, 100, 120, 120]) {
      vi.advanceTimersByTime(10);
      // More turns of the loop than there are requests: what a tick does is done by then.
      for (let turn = 0; turn < 300; turn += 1) await setImmediate();
      expect(answered).toBe(expected);
    }
  });

  it('lets others be answered between two of them', async () => {
    const order: string[] = [];
    const { requests } = setUp(() => {
      // As long as the disk takes, with the thread.
      for (const end = performance.now() + 2; performance.now() < end;);
      order.push('reset');
    });
    const other = createHttpServer((_request, response) => {
      order.push('other');
      response.end();
    });
    onTestFinished(() => void other.close());
    await once(other.listen(0, '127.0.0.1'), 'listening');
    for (let count = 0; count < 500; count += 1) requests.add(String(count), address);
    const asked = fetch(`http://127.0.0.1:${String((other.address() as AddressInfo).port)}/`);
    await Promise.all([requests.stop(), asked]);
    expect(order).toHaveLength(501);
    expect(order.indexOf('other')).toBeLessThan(500);
  });

  it('puts a fault into the log, where it cannot be told from outside, and goes on', async () => {
    const fault = new Error('disk full');
    const answered: string[] = [];
    const { requests, reported } = setUp((identifier) => {
      answered.push(identifier);
      throw fault;
    });
    requests.add('a', address);
    requests.add('b', address);
    await requests.stop();
    expect([answered, reported]).toEqual([
      ['a', 'b'],
      [fault, fault],
    ]);
  });
});

describe('W9 whoever asks for reset links without end', () => {
  async function workOff(fill: (requests: ReturnType<typeof createResetRequests>) => void): Promise<string[]> {
    const answered: string[] = [];
    const requests = createResetRequests({ answer: (identifier) => answered.push(identifier) }, () => undefined, 10);
    fill(requests);
    await requests.stop();
    return answered;
  }
  const flood = (requests: ReturnType<typeof createResetRequests>, address: string, most = 3_000) => {
    for (let count = 0; count < most; count += 1) requests.add(`${address} ${String(count)}`, address);
  };

  it('displaces nobody else, and does not keep them waiting behind', async () => {
    const answered = await workOff((requests) => {
      flood(requests, 'flooder');
      for (const person of ['mara', 'jonas']) requests.add(person, `home of ${person}`);
      flood(requests, 'flooder');
    });
    expect(answered).toHaveLength(1_000);
    expect(answered.slice(0, 3)).toEqual(['flooder 0', 'mara', 'jonas']);
  });

  it('loses nobody’s request by asking for the same account', async () => {
    const answered = await workOff((requests) => {
      flood(requests, 'flooder', 999);
      requests.add('mara', 'flooder');
      requests.add('Mara', 'home of mara');
    });
    expect(answered).toContain('Mara');
    expect(answered, 'the newest of the flooder gave way').not.toContain('mara');
  });

  it('shares the thousand places with the others who do so', async () => {
    const answered = await workOff((requests) => {
      for (const address of ['one', 'two', 'three', 'four']) flood(requests, address);
      requests.add('mara', 'home of mara');
    });
    const of = (address: string) => answered.filter((identifier) => identifier.startsWith(`${address} `)).length;
    expect(['one', 'two', 'three', 'four'].map(of).sort()).toEqual([249, 250, 250, 250]);
    expect(answered).toContain('mara');
  });
});

describe('W9 M2 the work for somebody and for nobody', () => {
  /** Rows and files that asking writes, seen from the database and the disk. */
  async function watch(identifiers: readonly string[]) {
    const dataFolder = createTestFolder();
    const server = await createServer({
      dataFolder,
      preset: defaultPreset,
      isDevelopment: true,
      resetInterval: 60_000,
    });
    await server.ensureDemoAccount({ resetPassword: false });
    const changes = () => server.database.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
    const before = changes();
    for (const identifier of identifiers) {
      const { statusCode } = await server.app.inject({
        method: 'POST',
        url: '/auth/password-reset',
        payload: { identifier },
      });
      expect(statusCode).toBe(202);
    }
    await setTimeout(20);
    const atAnswer = changes() - before;
    let written = 0;
    const end = server.database.close.bind(server.database);
    server.database.close = () => {
      written = changes() - before;
      end();
    };
    await server.close();
    return { atAnswer, written };
  }

  it('is none before the tick, and then the same number of writes', async () => {
    const [known, unknown] = [await watch(['mara.lindqvist']), await watch(['nobody'])];
    expect(known).toEqual({ atAnswer: 0, written: 1 });
    expect(unknown).toEqual(known);
  });
});
