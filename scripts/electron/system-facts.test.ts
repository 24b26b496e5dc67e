import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../tests/support/temp-folder.ts';
import { hasAppArmorProfile, parseMissingLibraries, readHelper, readSystemFacts } from './system-facts.ts';

const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

describe.runIf(isLinux)('D1 facts of this computer', () => {
  it('are read without an Electron, and tell what is so', () => {
    const facts = readSystemFacts('/nowhere/electron', { WAYLAND_DISPLAY: 'wayland-0' });
    expect(facts).toMatchObject({
      platform: 'linux',
      isRoot,
      hasDisplay: true,
      helper: { path: '/nowhere/chrome-sandbox', state: 'absent' },
      missingLibraries: [],
    });
    expect(facts.maxNamespaces).toMatch(/^\d+$/);
    expect(readSystemFacts('/nowhere/electron', {}).hasDisplay).toBe(false);
  });

  it('hold what the system has for a program that is there: no library is missing', () => {
    expect(readSystemFacts(process.execPath).missingLibraries).toEqual([]);
  });

  it.runIf(isRoot)('count the helper of the sandbox only as Chromium does: it belongs to root, mode 4755', () => {
    using folder = makeTempFolder();
    const path = join(folder.path, 'chrome-sandbox');
    const state = (mode: number): string => {
      chmodSync(path, mode);
      return readHelper(path).state;
    };
    writeFileSync(path, '');
    expect([state(0o755), state(0o4755), state(0o4777)]).toEqual(['other', 'root:4755', 'other']);
  });

  it('know the profile of AppArmor that lets this binary have user namespaces', () => {
    using folder = makeTempFolder();
    const binary = '/home/kim/desk/node_modules/electron/dist/electron';
    mkdirSync(join(folder.path, 'local'));
    writeFileSync(join(folder.path, 'other'), `profile code "/usr/bin/code" flags=(unconfined) {\n  userns,\n}\n`);
    writeFileSync(join(folder.path, 'without'), `profile desk "${binary}" {\n  # userns,\n}\n`);
    expect(hasAppArmorProfile(binary, folder.path)).toBe(false);
    writeFileSync(join(folder.path, 'desk'), `profile desk "${binary}" flags=(unconfined) {\n  userns,\n}\n`);
    expect(hasAppArmorProfile(binary, folder.path)).toBe(true);
    expect(hasAppArmorProfile(binary, join(folder.path, 'nowhere'))).toBe(false);
    // Ours, filled in as the documentation says.
    const ours = readFileSync(join(import.meta.dirname, '../../build/apparmor-from-source'), 'utf8');
    writeFileSync(join(folder.path, 'desk'), ours.replace(/BINARY(?=")/, binary));
    expect(hasAppArmorProfile(binary, folder.path)).toBe(true);
  });
});

describe('what ldd says', () => {
  it('names each missing library once', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibnss3.so => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
      '\tlibgbm.so.1 => not found',
      '\tlibnss3.so => not found',
    ].join('\n');
    expect(parseMissingLibraries(output)).toEqual(['libnss3.so', 'libgbm.so.1']);
  });
});
