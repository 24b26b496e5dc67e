import { describe, expect, it } from 'vitest';
import type { CallMessage, MessageLink } from '../../../../../shared/rpc/message-link.ts';
import { serveCalls } from '../../../../../shared/rpc/serve-calls.ts';
import { createSystemClock } from '../../../core/clock.ts';
import type { Child } from '../../../ports.ts';
import { silentLog } from '../../../testing/test-storage.ts';
import type { KeyWorkerContract } from './key-worker.contract.ts';
import { keyWorkerHandlers } from './key-worker.handlers.ts';
import { type KeyCalls, KeyWorker } from './key-worker.ts';

const enough = 20_000;
const keyBlob = Buffer.from(`\0\0\0\x0bssh-ed25519\0\0\0 ${'k'.repeat(32)}`, 'latin1');
const keyText = `ssh-ed25519 ${keyBlob.toString('base64')}`;

function viewsIn(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(viewsIn) : [];
}
const isWiped = (view: Uint8Array) => view.every((byte) => byte === 0);

/** A worker that refuses each job at once, and what it was posted. */
function recorder() {
  const posted: unknown[] = [];
  let listen: (message: unknown) => void = () => undefined;
  const start = (): Child => ({
    post(message) {
      posted.push(message);
      const { id } = message as CallMessage;
      queueMicrotask(() => listen({ id, ok: false, error: { code: 'internal' }, cause: '' }));
    },
    onMessage: (listener) => void (listen = listener),
    onExit: () => undefined,
    kill: () => undefined,
  });
  return { posted, worker: new KeyWorker({ start, clock: createSystemClock(), log: silentLog }) };
}

describe('K8 what crosses to the key worker', () => {
  it('K8: has an ArrayBuffer for each view, wiped once it was posted; the caller’s own stays', async () => {
    const { posted, worker } = recorder();
    const agentForm = Buffer.from('private half');
    const publicKey = { type: 'ssh-ed25519', blob: Buffer.from('blob'), bits: 256 };
    const run = (job: (keys: KeyCalls) => Promise<unknown>) => worker.run(job, enough).catch(() => undefined);
    await run((keys) => keys.inspect({ content: Buffer.from(keyText) }));
    const passphrase = Buffer.from('passphrase');
    await run((keys) => keys.unlock({ content: Buffer.from('content'), at: 0, passphrase }));
    const key = { publicKey, comment: '', agentForm };
    await run((keys) => keys.export({ key, format: 'openssh', passphrase: Buffer.from('new'), rounds: 1 }));
    worker.stop();
    const views = posted.flatMap(viewsIn);
    expect(views).toHaveLength(6);
    for (const view of views) expect([view.buffer.byteLength, view.byteOffset]).toEqual([view.byteLength, 0]);
    expect(views.every(isWiped)).toBe(true);
    expect(agentForm.toString()).toBe('private half');
  });

  it('K8: and comes back so', async () => {
    const posted: unknown[] = [];
    const copies: unknown[] = [];
    const content = Buffer.from(`${keyText} one\n${keyText} two\n`);
    await new Promise<void>((resolve) => {
      const link: MessageLink = {
        onMessage: (listener) => listener({ id: 1, channel: 'keys.inspect', input: { content } }),
        post(message) {
          posted.push(message);
          copies.push(structuredClone(message));
          setImmediate(resolve);
        },
      };
      serveCalls<KeyWorkerContract>(link, keyWorkerHandlers);
    });
    const views = viewsIn(posted);
    expect(views.length).toBeGreaterThan(1);
    for (const view of views) expect(view.buffer.byteLength).toBe(view.byteLength);
    expect([...views, content].every(isWiped)).toBe(true);
    expect(viewsIn(copies).some(isWiped)).toBe(false);
  });
});
