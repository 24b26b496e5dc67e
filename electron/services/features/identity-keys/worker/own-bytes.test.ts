import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../core/clock.ts';
import type { KeyWorkerProcess } from '../../../ports.ts';
import { silentLog } from '../../../testing/test-storage.ts';
import type { KeyJob } from './key-jobs.ts';
import { KeyWorker } from './key-worker.ts';
import { serveKeyJobs, type JobChannel } from './serve-key-jobs.ts';

const enough = 20_000;
const keyText = `ssh-ed25519 ${Buffer.from(`\0\0\0\x0bssh-ed25519\0\0\0 ${'k'.repeat(32)}`, 'latin1').toString('base64')}`;

function viewsIn(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(viewsIn) : [];
}
const isWiped = (view: Uint8Array) => view.every((byte) => byte === 0);

/** A worker that answers each job at once, and what it was posted. */
function recorder() {
  const posted: unknown[] = [];
  let listen: (message: unknown) => void = () => undefined;
  const start = (): KeyWorkerProcess => ({
    post(message) {
      posted.push(message);
      queueMicrotask(() => listen({ id: (message as { id: number }).id, result: [] }));
    },
    onMessage: (listener) => void (listen = listener),
    onExit: () => undefined,
    kill: () => undefined,
  });
  return { posted, worker: new KeyWorker({ start, clock: createSystemClock(), log: silentLog }) };
}

describe('K8 what crosses to the key worker', () => {
  it('K8: has an ArrayBuffer of its own for each view, wiped once it was posted; what the caller holds stays', async () => {
    const { posted, worker } = recorder();
    const agentForm = Buffer.from('private half');
    const publicKey = { type: 'ssh-ed25519', blob: Buffer.from('blob'), bits: 256 };
    const jobs: KeyJob[] = [
      { kind: 'inspect', content: Buffer.from(keyText) },
      { kind: 'unlock', content: Buffer.from('content'), at: 0, passphrase: Buffer.from('passphrase') },
      {
        kind: 'export',
        key: { publicKey, comment: '', agentForm },
        format: 'openssh',
        passphrase: Buffer.from('new'),
        rounds: 1,
      },
    ];
    for (const job of jobs) await worker.run(job, enough);
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
    await new Promise<void>((resolve) => {
      const channel: JobChannel = {
        onMessage: (listener) =>
          listener({ id: 1, job: { kind: 'inspect', content: Buffer.from(`${keyText} one\n${keyText} two\n`) } }),
        post(message) {
          posted.push(message);
          copies.push(structuredClone(message));
          setImmediate(resolve);
        },
      };
      serveKeyJobs(channel);
    });
    const views = viewsIn(posted);
    expect(views.length).toBeGreaterThan(1);
    for (const view of views) expect(view.buffer.byteLength).toBe(view.byteLength);
    expect(views.every(isWiped)).toBe(true);
    expect(viewsIn(copies).some(isWiped)).toBe(false);
  });

  it('K8: brings nothing along that lay in memory beside it', async () => {
    const code = `const { parentPort } = require('node:worker_threads');
      const views = (value) => value instanceof Uint8Array ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(views) : [];
      parentPort.on('message', (message) => parentPort.postMessage({
        id: message.id,
        result: views(message).map(({ buffer }) => Buffer.from(buffer).toString('latin1')).join(),
      }));`;
    const start = (): KeyWorkerProcess => {
      const thread = new Worker(code, { eval: true });
      return {
        post: (message) => thread.postMessage(message),
        onMessage: (listener) => void thread.on('message', listener),
        onExit: (listener) => void thread.once('exit', listener),
        kill: () => void thread.terminate(),
      };
    };
    const worker = new KeyWorker({ start, clock: createSystemClock(), log: silentLog });
    // Both lie in the pool of Node, one behind the other.
    const neighbour = Buffer.from('TOKEN-BESIDE-IT');
    const passphrase = Buffer.from('open sesame');
    expect(passphrase.buffer).toBe(neighbour.buffer);
    const arrived = await worker.run({ kind: 'unlock', content: Buffer.from('file'), at: 0, passphrase }, enough);
    worker.stop();
    expect(String(arrived)).toContain('open sesame');
    expect(String(arrived)).not.toContain('TOKEN-BESIDE-IT');
  });
});
