import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeTempFolder, type TempFolder } from '../../tests/support/temp-folder.ts';
import { createToolClipboard } from './tool-clipboard.ts';
import { createToolNotifier } from './tool-notifier.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = makeTempFolder();
  vi.stubEnv('PATH', folder.path + delimiter + '/usr/bin' + delimiter + '/bin');
});
afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const path = (name: string) => join(folder.path, name);

/** A stand-in for a program of the desktop; it runs as a process of its own. */
function install(name: string, ...lines: readonly string[]): void {
  writeFileSync(path(name), ['#!/bin/sh', `cd '${folder.path}'`, ...lines, ''].join('\n'));
  chmodSync(path(name), 0o700);
}

// A stand-in is a script: programs of Windows and macOS have no such thing to try here.
describe.skipIf(process.platform !== 'linux')('X12 clipboard of the browser shell', () => {
  it('writes, reads and clears by xclip on X11, with the text on standard input', async () => {
    install('xclip', 'echo "$@" >> calls', 'case "$*" in *-out) cat kept;; *) cat > kept; sleep 5 & ;; esac');
    const clipboard = createToolClipboard('linux', { DISPLAY: ':0' });
    await clipboard.writeSecret('pdk_sécret');
    expect(await clipboard.read()).toBe('pdk_sécret');
    await clipboard.clear();
    expect(await clipboard.read()).toBe('');
    expect(readFileSync(path('calls'), 'utf8')).not.toContain('pdk_');
  });

  it('marks a secret where wl-copy knows how, and copies without where it does not', async () => {
    install('wl-copy', 'echo "$@" >> calls', '[ "$1" != --sensitive ] || exit 1', 'cat > kept');
    install('wl-paste', 'cat kept');
    const clipboard = createToolClipboard('linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' });
    await clipboard.writeSecret('pdk_secret');
    expect(await clipboard.read()).toBe('pdk_secret');
    expect(readFileSync(path('calls'), 'utf8')).toBe('--sensitive\n\n');
  });

  it('copies without a mark what is no secret', async () => {
    install('wl-copy', 'echo "$@" >> calls', 'cat > kept');
    install('wl-paste', 'cat kept');
    const clipboard = createToolClipboard('linux', { WAYLAND_DISPLAY: 'wayland-0' });
    await clipboard.writeText('a fingerprint');
    expect(await clipboard.read()).toBe('a fingerprint');
    expect(readFileSync(path('calls'), 'utf8')).toBe('\n');
  });

  it('goes on to the next program where one fails', async () => {
    install('xclip', 'exit 1');
    install('xsel', 'case "$*" in *--output) cat kept;; *) cat > kept;; esac');
    await createToolClipboard('linux', { DISPLAY: ':0' }).writeSecret('pdk_secret');
    expect(readFileSync(path('kept'), 'utf8')).toBe('pdk_secret');
  });

  it('says that there is none where no program or no desktop is', async () => {
    vi.stubEnv('PATH', folder.path);
    for (const env of [{ DISPLAY: ':0' }, {}]) {
      const clipboard = createToolClipboard('linux', env);
      await expect(clipboard.writeSecret('pdk_secret')).rejects.toMatchObject({ code: 'clipboard-unavailable' });
      await expect(clipboard.read()).rejects.toMatchObject({ code: 'clipboard-unavailable' });
    }
  });
});

describe.skipIf(process.platform !== 'linux')('X3 notifications of the browser shell', () => {
  it('go to notify-send, and are not taken where that is missing', async () => {
    const notifier = createToolNotifier('linux');
    vi.stubEnv('PATH', folder.path);
    expect(await notifier.show({ title: 'A key ends', body: 'soon' })).toBe(false);
    install('notify-send', 'printf "%s\\n" "$@" > shown');
    expect(await notifier.show({ title: '-A key ends', body: 'soon' })).toBe(true);
    expect(readFileSync(path('shown'), 'utf8')).toBe('--app-name\nProfile Desk\n--\n-A key ends\nsoon\n');
  });

  it('take the name of a key for nothing but text', async () => {
    install('notify-send', 'printf "%s" "$5" > shown');
    await createToolNotifier('linux').show({ title: 'A key ends', body: String.raw`“<b>R&D</b>\n” ends soon` });
    expect(readFileSync(path('shown'), 'utf8')).toBe(String.raw`“&lt;b&gt;R&amp;D&lt;/b&gt;\\n” ends soon`);
  });
});
