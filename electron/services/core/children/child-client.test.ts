import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Client } from '../../../../shared/rpc/define.ts';
import { createSystemClock } from '../clock.ts';
import type { Child } from '../../ports.ts';
import { ChildClient } from './child-client.ts';
import { forkNode, startThread } from './node-children.ts';
import { testChild, type TestContract } from '../../testing/test-child.contract.ts';

const entry = new URL('../../testing/test-child.ts', import.meta.url);
const enough = 60_000;
const kinds: Record<string, () => Child> = {
  thread: () => startThread(entry),
  process: () => forkNode(fileURLToPath(entry), { env: { LANG: 'C.UTF-8' } }),
};

const started: ChildClient<TestContract>[] = [];
afterEach(() => started.splice(0).forEach((client) => client.end('the test is over')));

function start(child: Child) {
  const onEnd = vi.fn<(why: string, unanswered: number) => void>();
  const exited = new Promise<number | null>((resolve) => child.onExit(resolve));
  const client = new ChildClient({ contract: testChild, child, name: 'test child', clock: createSystemClock(), onEnd });
  started.push(client);
  return { client, onEnd, exited, calls: client.within(enough).child as Client<TestContract>['child'] };
}

async function faultOf(call: Promise<unknown>): Promise<{ shape: object; cause: string }> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error('no AppError', { cause: error });
  return { shape: error.toShape(), cause: error.cause instanceof Error ? error.cause.message : '' };
}

describe.each(Object.entries(kinds))('D2 a child that is a %s', (_kind, startChild) => {
  it('answers calls, several at once', async () => {
    const { calls } = start(startChild());
    const answers = [calls.join({ texts: ['a', 'b'] }), calls.join({ texts: ['c'] })];
    expect(await Promise.all(answers)).toEqual([{ text: 'a b' }, { text: 'c' }]);
  });

  it('throws its own errors whole, and of any other the name and the code alone', async () => {
    const { calls } = start(startChild());
    expect(await faultOf(calls.refuse())).toEqual({
      shape: { code: 'storage-fault', reason: 'disk-full' },
      cause: 'test child: RangeError',
    });
    expect(await faultOf(calls.fail())).toEqual({ shape: { code: 'internal' }, cause: 'test child: TypeError ENOENT' });
    expect(await calls.join({ texts: ['still', 'there'] })).toEqual({ text: 'still there' });
  });

  it.each([
    ['die', 7],
    ['crash', 1],
  ] as const)('rejects what it was asked once it dies (%s), and what it is asked then', async (verb, code) => {
    const { calls, onEnd } = start(startChild());
    await calls.join({ texts: [] });
    const pending = [calls[verb](), calls[verb]()];
    const cause = `test child: it ended with ${String(code)}`;
    const dead = { shape: { code: 'internal' }, cause };
    expect(await Promise.all(pending.map(faultOf))).toEqual([dead, dead]);
    expect(await faultOf(calls.join({ texts: [] }))).toEqual(dead);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith(`it ended with ${String(code)}`, 2);
  });

  it('is ended when it takes too long, with all that it was asked', async () => {
    const { client, calls, onEnd, exited } = start(startChild());
    await calls.join({ texts: [] });
    const late = { shape: { code: 'internal' }, cause: 'test child: child.hang took more than 50 ms' };
    const pending = [client.within(50).child.hang(), calls.join({ texts: [] })];
    expect(await Promise.all(pending.map(faultOf))).toEqual([late, late]);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('child.hang took more than 50 ms', 2);
    await exited;
  });

  it('is ended, and nobody waits for it, before it has come up', async () => {
    const { client, calls, exited } = start(startChild());
    const pending = faultOf(calls.join({ texts: [] }));
    client.end('it is not wanted');
    expect(await pending).toMatchObject({ cause: 'test child: it is not wanted' });
    await exited;
  });

  it.each(['leak', 'babble'] as const)('is ended when it breaks the contract: %s', async (verb) => {
    const { calls, onEnd, exited } = start(startChild());
    const { shape, cause } = await faultOf(calls[verb]());
    expect(shape).toEqual({ code: 'internal' });
    expect(cause).toMatch(/its answer to child.leak breaks the contract:  unrecognized_keys|it sent what is no answer/);
    expect(onEnd).toHaveBeenCalledTimes(1);
    await exited;
  });

  it('gets bytes without what lies beside them in memory, and has them no longer once it has answered', async () => {
    const { calls } = start(startChild());
    // Both lie in the pool of Node, one behind the other.
    const neighbour = Buffer.from('TOKEN-BESIDE-IT');
    const secret = Buffer.from('open sesame');
    expect(secret.buffer).toBe(neighbour.buffer);
    expect(await calls.readAround({ secret })).not.toContain('TOKEN-BESIDE-IT');
    expect(secret.toString()).toBe('open sesame');
    expect(await calls.lastBytes()).toEqual(Array<number>(secret.length).fill(0));
  });

  it('gets nothing that the contract does not name', async () => {
    const { calls } = start(startChild());
    await expect(calls.join(Object.assign({ texts: [] }, { token: 'secret' }))).rejects.toThrow('token');
  });

  it('has nothing of our environment', async () => {
    vi.stubEnv('A_TOKEN', 'secret');
    const { calls } = start(startChild());
    vi.unstubAllEnvs();
    expect(await calls.environment()).not.toContain('A_TOKEN');
  });
});

describe('D2 a child that cannot be started', () => {
  it('is one that ended', async () => {
    const { calls } = start(forkNode('/nowhere/at-all.js'));
    expect(await faultOf(calls.join({ texts: [] }))).toMatchObject({ cause: 'test child: it ended with 1' });
  });
});
