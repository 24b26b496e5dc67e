import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished, describe, expect, it } from 'vitest';
import { createSystemClock } from '../electron/services/core/clock.ts';
import { ChildClient } from '../electron/services/core/children/child-client.ts';
import { forkNode } from '../electron/services/core/children/node-children.ts';
import { embeddedServer } from '../shared/embedded-server.ts';
import { bundleOf, sourceOf } from '../tests/support/bundles.ts';
import { createTestFolder } from './testing/test-database.ts';

function killAfter(child: ChildProcess): void {
  onTestFinished(() => void child.kill('SIGKILL'));
}

const program = await bundleOf('server');
const embedded = await bundleOf('embedded');

/** `npm run server` without npm, and sooner ready. */
function run(...flags: string[]) {
  return runScript(program, flags);
}

function runScript(script: string, flags: readonly string[]) {
  const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  killAfter(child);
  const output = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.error += chunk.toString()));
  return { child, output, closed: once(child, 'close') };
}

function startMain(...flags: string[]) {
  return startScript(program, flags);
}

async function startScript(script: string, flags: readonly string[]) {
  const process = runScript(script, ['--port', '0', ...flags]);
  await expect.poll(() => process.output.out).toMatch(/Demo account: .*\n/);
  const address = /http:\/\/[\d.:]+/.exec(process.output.out)?.[0] ?? '';
  const password = /password: ([\w-]+)/.exec(process.output.out)?.[1];
  return { ...process, address, password };
}

function postSignIn(address: string, password: string | null | undefined): Promise<Response> {
  const body = JSON.stringify({ identifier: 'demo@profile-desk.example', password });
  return fetch(`${address}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

async function signIn(address: string, password: string | null | undefined): Promise<number> {
  return (await postSignIn(address, password)).status;
}

async function statusOfMe(address: string, password: string | undefined): Promise<[number, string | undefined]> {
  const { accessToken } = (await (await postSignIn(address, password)).json()) as { accessToken: string };
  const answer = await fetch(`${address}/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  return [answer.status, ((await answer.json()) as { code?: string }).code];
}

describe('D7 npm run server', () => {
  it('from its sources: shows the demo password once, keeps the account, ends on SIGTERM and SIGINT', async () => {
    const folder = createTestFolder();
    const first = await startScript(sourceOf('server'), ['--data', folder]);
    expect(await signIn(first.address, first.password)).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.closed).toEqual([0, null]);

    const second = await startMain('--data', folder);
    expect(second.password).toBeUndefined();
    expect(second.output.out).toContain('--reset-demo-password');
    expect(await signIn(second.address, first.password)).toBe(200);
    second.child.kill('SIGINT');
    expect(await second.closed).toEqual([0, null]);
    expect(first.output.error + second.output.error).toBe('');
  });

  it('makes a new demo password when asked; the old one is gone', async () => {
    const folder = createTestFolder();
    const first = await startMain('--data', folder);
    first.child.kill();
    await first.closed;
    const second = await startMain('--data', folder, '--reset-demo-password');
    expect(await signIn(second.address, first.password)).toBe(401);
    expect(await signIn(second.address, second.password)).toBe(200);
  });

  it('forces MFA on the demo account and shows the mails, each only when asked', async () => {
    const folder = createTestFolder();
    const forced = await startMain('--data', folder, '--force-mfa', '--development');
    expect(await statusOfMe(forced.address, forced.password)).toEqual([403, 'mfa-required']);
    expect((await fetch(`${forced.address}/dev/outbox`)).status).toBe(200);
    forced.child.kill();
    await forced.closed;
    const free = await startMain('--data', folder);
    expect(await statusOfMe(free.address, forced.password)).toEqual([200, undefined]);
    expect((await fetch(`${free.address}/dev/outbox`)).status).toBe(404);
  });

  it('M7 unlocks an account when asked, and ends with 2 where there is none of that name', async () => {
    const folder = createTestFolder();
    const first = await startMain('--data', folder);
    first.child.kill();
    await first.closed;
    const wrong = run('--port', '0', '--data', folder, '--unlock', 'nobody');
    expect(await wrong.closed).toEqual([2, null]);
    expect(wrong.output).toEqual({
      out: '',
      error: 'profile-desk server: there is no account "nobody" to unlock\n',
    });
    const { output } = await startMain('--data', folder, '--unlock', 'demo@profile-desk.example');
    expect(output.out).toMatch(/^Unlocked: .* against demo@profile-desk\.example any more\.\n/);
  });

  it('says in one line that the port is taken, and ends with 5, as the app does', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const { output, closed } = run('--data', createTestFolder(), '--port', port);
    expect(await closed).toEqual([5, null]);
    expect(output).toEqual({
      out: '',
      error: `profile-desk server: port ${port} is taken: stop what uses it, or give another one with --port\n`,
    });
  });

  it('says in one line that the folder cannot be used, and ends with 4, as the app does', async () => {
    const file = join(createTestFolder(), 'file');
    writeFileSync(file, '');
    const { output, closed } = run('--data', join(file, 'data'));
    expect(await closed).toEqual([4, null]);
    expect(output.error).toBe(
      `profile-desk server: the data folder ${join(file, 'data')} cannot be written to: give another one with --data\n`,
    );
  });

  it('refuses data that another one has, with 3, until that one ends, however', async () => {
    const folder = createTestFolder();
    const first = await startMain('--data', folder);
    const second = run('--data', folder, '--port', '0');
    expect(await second.closed).toEqual([3, null]);
    expect(second.output).toEqual({
      out: '',
      error: `profile-desk server: another server runs on the data of control-account in ${folder}: stop it, or give another folder with --data\n`,
    });
    await startMain('--data', folder, '--preset', 'platform');
    first.child.kill('SIGKILL');
    await first.closed;
    expect(await signIn((await startMain('--data', folder)).address, first.password)).toBe(200);
  });

  it('refuses an unknown preset with 2 and gives help with 0', async () => {
    const unknown = run('--preset', 'x');
    expect(await unknown.closed).toEqual([2, null]);
    expect(unknown.output.error).toMatch(/^profile-desk server: there is no preset "x".*\n$/);
    const help = run('--help');
    expect(await help.closed).toEqual([0, null]);
    expect(help.output.out).toContain('--preset');
  });
});

describe('D7 embedded', () => {
  const input = { preset: 'platform', resetDemoPassword: false, dataKey: null } as const;
  const startMessage = () => ({
    id: 1,
    channel: 'server.start',
    input: { ...input, dataFolder: createTestFolder() },
  });

  function launch() {
    const child = forkNode(embedded);
    const client = new ChildClient({ contract: embeddedServer, child, name: 'embedded', clock: createSystemClock() });
    onTestFinished(() => client.end('the test is over'));
    return { client, start: client.within(60_000).server.start, exited: new Promise(child.onExit) };
  }

  it('says where it listens, with the password the first time only, and ends with its parent', async () => {
    const dataFolder = createTestFolder();
    const passwords: (string | null)[] = [];
    for (const resetDemoPassword of [false, false, true]) {
      const { client, start, exited } = launch();
      const answer = await start({ ...input, dataFolder, resetDemoPassword });
      if (answer.kind !== 'ready') throw new Error(answer.kind);
      expect(answer.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const { password } = answer.demo;
      passwords.push(password);
      if (password !== null) expect(await signIn(answer.address, password)).toBe(200);
      client.end('enough');
      expect(await exited).toBe(0);
    }
    expect(passwords).toEqual([expect.any(String), null, expect.any(String)]);
    expect(passwords[2]).not.toBe(passwords[0]);
  });

  it('ends when its parent is killed', async () => {
    const script = `
      import { fork } from 'node:child_process';
      const child = fork(${JSON.stringify(embedded)}, { execArgv: [] });
      child.once('message', ({ value }) => console.log(value.address));
      child.send(${JSON.stringify(startMessage())});`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    killAfter(parent);
    const [address] = (await once(parent.stdout, 'data')) as [Buffer];
    expect((await fetch(`${address.toString().trim()}/meta`)).status).toBe(200);
    parent.kill('SIGKILL');
    await expect.poll(() => fetch(`${address.toString().trim()}/meta`).catch(() => 'gone')).toBe('gone');
  });

  it('from its sources speaks through parentPort where there is one, as in Electron', async () => {
    const port = `process.parentPort = {
      postMessage: (message) => process.send({ throughPort: message }),
      on: (_name, listener) => process.on('message', (data) => listener({ data })),
    };`;
    const child = fork(sourceOf('embedded'), {
      execArgv: ['--import', `data:text/javascript,${encodeURIComponent(port)}`],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    killAfter(child);
    child.send(startMessage());
    const [message] = (await once(child, 'message')) as [unknown];
    expect(message).toMatchObject({ throughPort: { ok: true, value: { kind: 'ready' } } });
  });

  it('says why it cannot start', async () => {
    const file = join(createTestFolder(), 'file');
    writeFileSync(file, '');
    const dataFolder = join(file, 'data');
    await expect(launch().start({ ...input, dataFolder })).rejects.toMatchObject({
      code: 'storage-fault',
      details: { reason: 'folder-read-only' },
      cause: { message: `embedded: the data folder ${dataFolder} cannot be written to` },
    });
  });

  it('says that its data was sealed with another key', async () => {
    const dataFolder = createTestFolder();
    const own = launch();
    await own.start({ ...input, dataFolder, dataKey: new Uint8Array(32).fill(1) });
    own.client.end('enough');
    await own.exited;
    const dataKey = new Uint8Array(32).fill(2);
    expect(await launch().start({ ...input, dataFolder, dataKey })).toEqual({ kind: 'other-key' });
  });
});
