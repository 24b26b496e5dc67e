import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../core/clock.ts';
import type { Clock, Log } from '../ports.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { CallMessage } from '../../../shared/rpc/message-link.ts';
import { createEmbeddedProvider } from './embedded-provider.ts';

const reported: string[] = [];
const log: Log = {
  info: () => undefined,
  warn: (message, facts) => void reported.push(`${message}: ${String(facts?.['text'])}`),
  error: () => undefined,
};
const ready = (port = 40_001, password: string | null = 'made-now') => ({
  kind: 'ready',
  address: `http://127.0.0.1:${String(port)}`,
  demo: { identifier: 'demo', password },
});

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'embedded-')), 'server');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** One process per `fork`, in order; each ends when it is killed, unless it is stubborn. */
function setUp({ clock = createSystemClock(), isStubborn = false }: { clock?: Clock; isStubborn?: boolean } = {}) {
  const forked: { process: EventEmitter; kills: number; posted: CallMessage[] }[] = [];
  const provider = createEmbeddedProvider({
    folder,
    preset: 'platform',
    clock,
    log,
    fork(onErrorOutput) {
      const entry = { process: new EventEmitter(), kills: 0, posted: [] as CallMessage[] };
      entry.process.on('stderr', onErrorOutput);
      forked.push(entry);
      return {
        onMessage: (listener) => void entry.process.on('message', listener),
        onExit: (listener) => void entry.process.once('exit', listener),
        post: (message) => void entry.posted.push(structuredClone(message) as CallMessage),
        kill() {
          entry.kills += 1;
          if (!isStubborn) setImmediate(() => entry.process.emit('exit', 0));
        },
      };
    },
  });
  const reply = (index: number, message: object) => {
    const { process, posted } = forked[index] ?? {};
    process?.emit('message', { id: posted?.[0]?.id, ...message });
  };
  return {
    forked,
    provider,
    inputs: () => forked.map(({ posted }) => posted.map(({ input }) => input)),
    say: (index: number, value: unknown) => reply(index, { ok: true, value }),
    fail: (index: number, error: ErrorShape) => reply(index, { ok: false, error, cause: 'why' }),
  };
}

const keep = { resetDemoPassword: false, dataKey: undefined };
const reset = { resetDemoPassword: true, dataKey: undefined };
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('D7 embedded provider', () => {
  it('starts one process for many callers, with its folder and preset', async () => {
    const { inputs, provider, say } = setUp();
    const starts = Promise.all([provider.start(keep), provider.start(keep)]);
    say(0, ready());
    expect(await starts).toEqual([
      { address: 'http://127.0.0.1:40001', demo: { identifier: 'demo', password: 'made-now' } },
      { address: 'http://127.0.0.1:40001', demo: { identifier: 'demo', password: 'made-now' } },
    ]);
    expect(await provider.start(keep)).toMatchObject({ address: 'http://127.0.0.1:40001' });
    const input = { dataFolder: folder, preset: 'platform', resetDemoPassword: false, dataKey: null };
    expect(inputs()).toEqual([[input]]);
  });

  it('starts again, on its new port, after it died', async () => {
    const { forked, provider, say } = setUp();
    const first = provider.start(keep);
    say(0, ready());
    await first;
    forked[0]?.process.emit('exit', 137);
    const second = provider.start(keep);
    say(1, ready(40_002, null));
    expect(await second).toEqual({ address: 'http://127.0.0.1:40002', demo: { identifier: 'demo', password: null } });
  });

  it('resets the demo password by a new start, which callers that come meanwhile join', async () => {
    const { forked, inputs, provider, say } = setUp();
    const first = provider.start(keep);
    say(0, ready(40_001, null));
    await first;
    const starts = [provider.start(reset)];
    await soon();
    await soon();
    starts.push(provider.start(reset), provider.start(keep));
    await soon();
    say(1, ready(40_002, 'new'));
    for (const start of await Promise.all(starts)) expect(start.demo.password).toBe('new');
    expect(inputs()).toMatchObject([[{ resetDemoPassword: false }], [{ resetDemoPassword: true }]]);
    expect(forked.map(({ kills }) => kills)).toEqual([1, 0]);
  });

  it.each([
    { code: 'storage-fault', reason: 'disk-full' },
    { code: 'storage-fault', reason: 'folder-read-only' },
    { code: 'internal' },
  ] as const)('gives the error of a failed start as it is, and can try again: %o', async (error) => {
    const { forked, provider, fail, say } = setUp();
    const start = provider.start(keep);
    fail(0, error);
    const { code, ...details } = error;
    await expect(start).rejects.toMatchObject({ code, details, cause: { message: 'embedded server: why' } });
    expect(forked[0]?.kills).toBe(1);
    await soon();
    const again = provider.start(keep);
    say(1, ready());
    await expect(again).resolves.toBeDefined();
  });

  it.each([
    undefined,
    'ready',
    { kind: 'ready', address: 'https://example.test', demo: { identifier: 'x', password: null } },
    { kind: 'ready', address: 'http://example.test:80', demo: { identifier: 'x', password: null } },
    { kind: 'ready', address: 'http://127.0.0.1:1' },
    { ...ready(), token: 'one field more' },
  ])('takes no other message for a start, such as %j', async (message) => {
    const { forked, provider, say } = setUp();
    const start = provider.start(keep);
    say(0, message);
    await expect(start).rejects.toMatchObject({ code: 'internal' });
    expect(forked[0]?.kills).toBe(1);
  });

  it('fails if the process ends before it is ready', async () => {
    const { forked, provider } = setUp();
    const start = provider.start(keep);
    forked[0]?.process.emit('exit', 1);
    await expect(start).rejects.toMatchObject({ code: 'internal' });
  });

  it('gives up on a start that takes too long, and on a stop too', async () => {
    const slept: number[] = [];
    const clock: Clock = {
      ...createSystemClock(),
      sleep: (milliseconds) => Promise.resolve(void slept.push(milliseconds)),
    };
    const { forked, provider, say } = setUp({ clock, isStubborn: true });
    await expect(provider.start(keep)).rejects.toMatchObject({ code: 'internal' });
    expect(forked[0]?.kills).toBe(1);
    await provider.stop();
    expect(slept).toEqual([60_000, 3_000]);
    say(0, ready());
  });

  it('passes on to the log what the server complains about', async () => {
    const { forked, provider, say } = setUp();
    const start = provider.start(keep);
    forked[0]?.process.emit('stderr', 'internal error 1234');
    say(0, ready());
    await start;
    expect(reported.at(-1)).toBe('embedded server reports: internal error 1234');
  });

  it('gets the key of its data by message alone', async () => {
    const { inputs, provider, say } = setUp();
    const key = Buffer.alloc(32, 7);
    const start = provider.start({ ...keep, dataKey: { key, isNew: false } });
    say(0, ready());
    await start;
    expect(inputs()).toMatchObject([[{ dataKey: new Uint8Array(key) }]]);
  });

  it.each([[undefined], [{ key: Buffer.alloc(32), isNew: true }]])(
    'begins anew, with the old data set aside, where its key is lost: %j',
    async (dataKey) => {
      const { forked, provider, say } = setUp();
      writeFileSync(join(folder, 'platform.db'), 'sealed');
      const start = provider.start({ ...keep, dataKey });
      say(0, { kind: 'other-key' });
      await expect.poll(() => forked.length).toBe(2);
      say(1, ready());
      await start;
      const [aside = ''] = readdirSync(join(folder, '..')).filter((name) => name.startsWith('server-set-aside-'));
      expect(readFileSync(join(folder, '..', aside, 'platform.db'), 'utf8')).toBe('sealed');
    },
  );

  it('sets nothing aside that was exchanged while its key is known', async () => {
    const { provider, say } = setUp();
    const start = provider.start({ ...keep, dataKey: { key: Buffer.alloc(32), isNew: false } });
    say(0, { kind: 'other-key' });
    await expect(start).rejects.toMatchObject({ code: 'internal' });
    expect(existsSync(folder)).toBe(true);
  });

  it('tells the key that an earlier version left beside the data', async () => {
    const { provider } = setUp();
    expect(await provider.formerKey()).toBeUndefined();
    writeFileSync(join(folder, 'platform.key'), Buffer.alloc(32, 9));
    expect(await provider.formerKey()).toEqual(Buffer.alloc(32, 9));
  });

  it('leaves nothing behind once it is erased', async () => {
    const { forked, provider, say } = setUp();
    const start = provider.start(keep);
    say(0, ready());
    await start;
    await provider.erase();
    expect(forked[0]?.kills).toBe(1);
    expect(existsSync(folder)).toBe(false);
  });
});
