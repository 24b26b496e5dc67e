import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKey, splitPrivateKey } from '../../ssh-keys/index.ts';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { platform } from '../../server/presets/platform.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import type { ImportBatch } from '../../shared/contract/keys/ssh-keys.ts';
import { listFiles } from '../support/find-secrets.ts';
import { startListeningProxy } from '../support/listening-proxy.ts';
import type { Spawned } from '../support/spawned.ts';
import { run, startSshAgent } from '../support/ssh-tools.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

const home = makeTempFolder();
const sshFolder = join(home.path, '.ssh');
const agentPath = join(home.path, 'agent');
const passphrase = 'open sesame';
const textOf = (name: string) => readFileSync(join(sshFolder, name), 'utf8');
let agent: Spawned;

beforeAll(async () => {
  mkdirSync(sshFolder);
  const make = (name: string, type: string, phrase: string, ...more: string[]) =>
    run('ssh-keygen', ['-q', '-t', type, '-N', phrase, '-C', name, ...more, '-f', join(sshFolder, name)]);
  await Promise.all([
    make('plain', 'ed25519', ''),
    make('rsa', 'rsa', '', '-b', '3072'),
    make('locked', 'ecdsa', passphrase, '-a', '1'),
  ]);
  // The shortest form of all.
  await run('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', join(sshFolder, 'short')]);
  agent = await startSshAgent(agentPath);
});
afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

type Calls = AppUnderTest['calls']['sshKeys'];

/** Everything that is done with private halves, all of it wanted. */
async function useThem(calls: Calls, accountId: string): Promise<void> {
  const accountInput = { accountId };
  const { batch } = await calls.readSshFolder(accountInput);
  const { batchId, rows } = await whole(calls, accountId, batch);
  await calls.unlock({ batchId, rowIds: rows.map(({ rowId }) => rowId), passphrase });
  const good = rows
    .filter(({ kind }) => kind === 'private')
    .map(({ rowId }) => ({ rowId, title: '', keepPrivate: true }));
  const { results, snapshot } = await calls.add({ batchId, rows: good });
  expect(results.map(({ error, keepError }) => error ?? keepError)).toEqual([null, null, null, null]);
  for (const { id: keyId } of snapshot?.keys ?? []) {
    await calls.verify({ ...accountInput, keyId });
    await calls.details({ ...accountInput, keyId });
    await calls.rename({ ...accountInput, keyId, title: `Renamed ${keyId}` });
    for (const format of ['openssh', 'pkcs8'] as const)
      await calls.exportPrivate({ ...accountInput, keyId, format, passphrase: 'new', rounds: 1 });
    await calls.addToAgent({ ...accountInput, keyId, lifetime: 600, confirm: false });
    await calls.forgetPrivate({ ...accountInput, keyId });
    await calls.verify({ ...accountInput, keyId });
  }
}

async function whole(calls: Calls, accountId: string, begun: ImportBatch | null): Promise<ImportBatch> {
  let batch = begun;
  while (batch?.state === 'reading') {
    // The key worker gets its turn: nothing that is asked here need wait for anything else.
    await setImmediate();
    ({ batch } = await calls.resumeImport({ accountId }));
  }
  if (!batch) throw new Error('no batch');
  return batch;
}

/** What a person may paste where a public key or a title belongs. */
function mistakes(): string[] {
  const [plain, short] = [textOf('plain'), textOf('short')];
  const body = (text: string) => text.split('\n').slice(1, -2).join('\n');
  const mangled = (text: string) => text.replaceAll('-----', '—--').replaceAll('\n', ' ');
  return [
    ...[plain, textOf('rsa'), textOf('locked'), short].flatMap((text) => [
      text,
      text.replace(/^/gm, '   '),
      `"${text}"`,
      text.replace(/^/gm, '> '),
      JSON.stringify({ text }),
      text.replaceAll('\n', ''),
      text.slice(0, -40),
      body(text),
    ]),
    ...[plain, short].map((text) => `${textOf('rsa.pub').split(' ').slice(0, 2).join(' ')} ${mangled(text)}`),
    `${textOf('rsa.pub')}${mangled(plain)}`,
  ];
}

/** Any twelve bytes of a private number, as they are, in hex and, at each alignment, in Base64. */
async function tracesOf(name: string): Promise<Buffer[]> {
  const { privateKey } = await readKey(readFileSync(join(sshFolder, name)), passphrase);
  if (!privateKey) throw new Error(`${name} was not read`);
  const parts = splitPrivateKey(privateKey);
  const numbers =
    parts.kind === 'rsa'
      ? [parts.d, parts.p, parts.q, parts.iqmp]
      : [parts.kind === 'ecdsa' ? parts.scalar : parts.seed];
  return numbers
    .flatMap((number) =>
      Array.from({ length: Math.floor(number.length / 12) }, (_, at) =>
        Buffer.from(number.subarray(at * 12, at * 12 + 12)),
      ),
    )
    .flatMap(formsOf);
}

function formsOf(bytes: Buffer): Buffer[] {
  const base64 = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64'));
  // What the bytes around them have a part in is cut off.
  const aligned = base64.map((text, shift) => (shift === 0 ? text : text.slice(4, -4)));
  return [bytes, ...[bytes.toString('hex'), ...aligned].map((text) => Buffer.from(text))];
}

async function startServer(publicAddresses: readonly string[]): Promise<TestServer & AsyncDisposable> {
  const server = await startTestServer(platform, undefined, [], publicAddresses);
  return { ...server, [Symbol.asyncDispose]: () => server.close() };
}

describe('K5 K6 a private half', () => {
  it('never leaves this computer, used or pasted, and lies in no file here in the clear', async () => {
    const publicAddresses: string[] = [];
    await using server = await startServer(publicAddresses);
    await using network = await startListeningProxy(server.address);
    publicAddresses.push(network.address);
    using folder = makeTempFolder();
    const app = await openApp(folder.path, {
      filePicker: createDownloadsFilePicker({ HOME: home.path }),
      ssh: { folder: sshFolder, agentPath, startKeyWorker },
    });
    const { identifier, password } = server;
    const signedIn = await app.calls.auth.signIn({
      target: { kind: 'address', address: network.address },
      identifier,
      password,
    });
    const accountId = signedIn.next === 'done' ? signedIn.accountId : '';
    await app.calls.reauth.prove({ accountId, proof: { kind: 'password', password } });
    const calls = app.calls.sshKeys;
    await useThem(calls, accountId);
    const { keys } = await calls.list({ accountId, from: 'provider' });
    expect(keys.map(({ verifiedAt, isInAgent }) => verifiedAt !== null && isInAgent)).toEqual([true, true, true, true]);
    for (const text of mistakes()) {
      await calls.addPublic({ accountId, title: '', line: text }).catch(() => undefined);
      const title = text.replaceAll('\n', '');
      await calls.addPublic({ accountId, title, line: textOf('locked.pub') }).catch(() => undefined);
      await calls.rename({ accountId, keyId: keys[0]?.id ?? '', title }).catch(() => undefined);
    }
    await app.close();
    expect(existsSync(join(home.path, 'Downloads', 'id_rsa'))).toBe(true);

    const traces = (await Promise.all(['plain', 'rsa', 'locked', 'short'].map(tracesOf))).flat();
    expect(traces.length).toBeGreaterThan(300);
    const asked = network.askedBytes();
    expect(asked.includes('POST /me/identity-keys')).toBe(true);
    expect(traces.filter((trace) => asked.includes(trace))).toEqual([]);
    const stored = [folder.path, server.dataFolder].flatMap(listFiles).map((file) => readFileSync(file));
    expect(traces.filter((trace) => stored.some((content) => content.includes(trace)))).toEqual([]);
    // The search finds what it is meant to find.
    expect(traces.some((trace) => textOf('plain').replaceAll('\n', '').includes(trace.toString()))).toBe(true);
  });
});
