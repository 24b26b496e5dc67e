import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ClipboardGuard } from '../../electron/services/features/program-keys/clipboard-guard.ts';
import { createManualClock } from '../../electron/services/testing/manual-clock.ts';
import { silentLog } from '../../electron/services/testing/test-storage.ts';
import { makeTempFolder, type TempFolder } from '../../tests/support/temp-folder.ts';
import { createToolClipboard } from './tool-clipboard.ts';

// The programs themselves, with a real X server that has no screen: `apt-get install xvfb xclip xsel`.
const programs = ['xclip', 'xsel'] as const;
const missing = ['Xvfb', ...programs].filter((name) => process.platform !== 'linux' || !pathOf(name));
const reason = missing.length > 0 ? ` (skipped: ${missing.join(', ')} missing)` : '';

describe.skipIf(missing.length > 0)(`X12 clipboard of the browser shell with real programs${reason}`, () => {
  let server: ChildProcess;
  let folder: TempFolder;
  const secret = 'pdk_sécret %s $(id) ü\n';

  beforeAll(async () => {
    // It says on its fourth channel which display it took.
    server = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const display = await new Promise<string>((resolve) =>
      (server.stdio[3] as Readable).once('data', (text: Buffer) => resolve(`:${text.toString().trim()}`)),
    );
    vi.stubEnv('DISPLAY', display);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    // The programs that own a selection end with it.
    server.kill();
  });
  afterEach(() => folder[Symbol.dispose]());

  /** With this one program on the path and no other. */
  function open(program: string) {
    folder = makeTempFolder();
    symlinkSync(pathOf(program), join(folder.path, program));
    vi.stubEnv('PATH', folder.path);
    return createToolClipboard('linux', process.env);
  }

  it.each(programs)('%s copies and empties, without the text in its arguments', async (program) => {
    const clipboard = open(program);
    await clipboard.writeSecret(secret);
    expect(await clipboard.read()).toBe(secret);
    for (const other of programs) expect(paste(other)).toBe(secret);
    expect(spawnSync('/bin/sh', ['-c', 'cat /proc/[0-9]*/cmdline'], { encoding: 'latin1' }).stdout).not.toContain(
      'pdk_s',
    );
    await clipboard.clear();
    for (const other of programs) expect(paste(other)).toBe('');
  });

  it.each(programs)('%s: the guard takes a secret away, and leaves what the person copied', async (program) => {
    const clock = createManualClock();
    const emitted: (string | null)[] = [];
    const guard = new ClipboardGuard({
      clipboard: open(program),
      clock,
      log: silentLog,
      emit: (_channel, { clearsAt }) => void emitted.push(clearsAt),
    });
    await guard.copySecret(secret);
    await guard.clear();
    expect([paste(program), emitted.at(-1)]).toEqual(['', null]);
    await guard.copySecret(secret);
    execFileSync(pathOf('xclip'), ['-selection', 'clipboard', '-in'], {
      input: 'a shopping list',
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await guard.clear();
    expect([paste(program), emitted.at(-1)]).toEqual(['a shopping list', null]);
  });
});

/** As a person pastes. */
function paste(program: (typeof programs)[number]): string {
  const args = { xclip: ['-selection', 'clipboard', '-out'], xsel: ['--clipboard', '--output'] }[program];
  return spawnSync(pathOf(program), args, { encoding: 'utf8' }).stdout;
}

/** Empty if it is not there. */
function pathOf(program: string): string {
  return spawnSync('/bin/sh', ['-c', `command -v ${program}`], {
    encoding: 'utf8',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  }).stdout.trim();
}
