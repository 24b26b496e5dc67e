import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canSeeProcesses, childrenOf, isRunning } from '../tests/support/processes.ts';
import { spawnPreview, startPreview, type Preview } from '../tests/support/start-preview.ts';
import { makeTempFolder, type TempFolder } from '../tests/support/temp-folder.ts';

// The browser shell as the process that people start.

let folder: TempFolder;
beforeEach(() => {
  folder = makeTempFolder();
});
afterEach(() => folder[Symbol.dispose]());

const dataFolder = () => join(folder.path, 'data');
/** Temporary files of the process land here, so that what it leaves behind can be seen. */
const ownTemp = () => ({ ...process.env, TMPDIR: folder.path });

async function rpc(preview: Preview, channel: string, input?: unknown): Promise<unknown> {
  const response = await fetch(`${preview.origin}/rpc`, {
    method: 'POST',
    headers: { ...preview.pass, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, input }),
  });
  return response.json();
}

describe('the browser shell as a process (D1, D2, D7)', () => {
  it('from its sources, as people start it, prints its address, answers its page and leaves nothing running or lying about', async () => {
    await using preview = await startPreview({ dataFolder: dataFolder(), environment: ownTemp(), from: 'sources' });
    expect(await rpc(preview, 'app.snapshot')).toMatchObject({ ok: true, value: { shell: 'browser' } });
    const inspected = await rpc(preview, 'accounts.inspect', { kind: 'embedded' });
    expect(inspected).toMatchObject({ ok: true, value: { demo: { identifier: 'demo@profile-desk.example' } } });
    const children = canSeeProcesses ? childrenOf(preview.process.pid!) : [];
    expect(children.map(isRunning)).toEqual(canSeeProcesses ? [true] : []);
    await preview.stop();
    expect(await preview.ended).toBe(0);
    expect(children.filter(isRunning)).toEqual([]);
    expect(readdirSync(folder.path)).toEqual(['data']);
  });

  it.skipIf(!canSeeProcesses)('is ready again after it was killed, and the embedded server went with it', async () => {
    await using first = await startPreview({ dataFolder: dataFolder(), environment: ownTemp() });
    await rpc(first, 'accounts.inspect', { kind: 'embedded' });
    const [server = 0] = childrenOf(first.process.pid!);
    await first.kill();
    await expect.poll(() => isRunning(server)).toBe(false);
    await using second = await startPreview({ dataFolder: dataFolder(), environment: ownTemp() });
    expect(await rpc(second, 'app.snapshot')).toMatchObject({ ok: true });
    await second.stop();
    expect(readdirSync(folder.path)).toEqual(['data']);
  });

  it('leaves the folder to the first copy, also under another name of it, and says how to get there', async () => {
    await using first = await startPreview({ dataFolder: dataFolder() });
    await using second = await spawnPreview({ dataFolder: join(folder.path, '.', 'x', '..', 'data') });
    expect(await second.ended).toBe(0);
    expect(second.output()).toBe(
      `Profile Desk already runs on ${dataFolder()}: press Enter in its terminal for another link\n`,
    );
    expect(await rpc(first, 'app.snapshot')).toMatchObject({ ok: true });
  });

  it('gives another link for Enter, whose page takes the place of the one before (L14)', async () => {
    await using first = await startPreview({ dataFolder: dataFolder() });
    await first.waitFor(/^Press Enter for another link/m);
    expect(await rpc(first, 'app.snapshot')).toMatchObject({ ok: true });
    const [link, unused] = [await first.newLink(), await first.newLink()];
    expect(new Set([first.url, link.url, unused.url]).size).toBe(3);
    expect(await rpc(first, 'app.snapshot'), 'while nobody uses them').toMatchObject({ ok: true });
    expect(await rpc({ ...first, pass: link.pass }, 'app.snapshot')).toMatchObject({ ok: true });
    expect(await rpc(first, 'app.snapshot')).toHaveProperty('error', expect.stringContaining('a newer page'));
    first.process.stdin?.end();
    expect(await rpc({ ...first, pass: link.pass }, 'app.snapshot'), 'without a terminal').toMatchObject({ ok: true });
  });

  it('lets one of several copies that start at the same moment have the folder', async () => {
    const start = () => spawnPreview({ dataFolder: dataFolder(), args: ['--no-key-store'] });
    const copies = await Promise.all([start(), start(), start(), start()]);
    try {
      const lines = await Promise.all(copies.map((copy) => copy.waitFor(/is ready|already runs/)));
      expect(lines.map(([line]) => line).sort()).toEqual(['already runs', 'already runs', 'already runs', 'is ready']);
    } finally {
      await Promise.all(copies.map((copy) => copy.kill()));
    }
  });
});

describe('the browser shell that cannot start says why, in one line', () => {
  async function refusal(args: readonly string[], data = dataFolder()) {
    await using preview = await spawnPreview({ dataFolder: data, args });
    return { code: await preview.ended, output: preview.output() };
  }

  it('port taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await refusal(['--port', String(port)])).toEqual({
      code: 5,
      output: `profile-desk: port ${port} is taken: choose another with --port, or leave it out for a free one\n`,
    });
    server.close();
  });

  it('unknown flag', async () => {
    const { code, output } = await refusal(['--colour']);
    expect(code).toBe(2);
    expect(output).toMatch(/^profile-desk: .*--colour.*\n$/);
  });

  it.skipIf(process.platform !== 'linux')('data folder read-only', async () => {
    expect(await refusal([], '/sys/profile-desk')).toEqual({
      code: 4,
      output: 'profile-desk: the data folder /sys/profile-desk is read-only: choose another with --data-dir\n',
    });
  });

  it.each([
    ['store', 'file', '/store is not a folder: choose another with --data-dir'],
    ['settings.json', 'folder', ' has a folder where a file should be: choose another with --data-dir'],
    [
      'instance.lock',
      'folder',
      '/instance.lock cannot be locked (unable to open database file): move it away, or choose another data folder with --data-dir',
    ],
  ])('%s is a %s of somebody else', async (name, kind, why) => {
    const path = join(dataFolder(), name);
    mkdirSync(kind === 'folder' ? path : dataFolder(), { recursive: true });
    if (kind === 'file') writeFileSync(path, '');
    expect(await refusal([])).toEqual({ code: 4, output: `profile-desk: ${dataFolder()}${why}\n` });
  });

  it('disk full', async ({ skip }) => {
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk]).status === 0;
    skip(!mounted, 'a small disk can be mounted by root alone');
    try {
      const { code, output } = await refusal([], join(disk, 'data'));
      expect({ code, output }).toEqual({
        code: 4,
        output: `profile-desk: the disk that holds ${join(disk, 'data')} is full: free some space and start again\n`,
      });
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
