import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';

// electron-builder's own deb and rpm, up to the program that would write the file.

const root = join(import.meta.dirname, '..');
const work = makeTempFolder();
afterAll(() => {
  vi.unstubAllEnvs();
  work[Symbol.dispose]();
});

interface Package {
  readonly args: readonly string[];
  readonly desktopEntry: string;
  readonly afterInstall: string;
}
const packages = new Map<string, Package>();

/** In place of fpm: writes down what it was given, and makes the file that is asked for. */
const standIn = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const after = (name) => args[args.indexOf(name) + 1];
const desktopFile = args.find((arg) => arg.endsWith('.desktop')).split('=')[0];
writeFileSync(after('--package'), '');
writeFileSync(process.env.FPM_RECORD + after('-t'), JSON.stringify({
  args, desktopEntry: readFileSync(desktopFile, 'utf8'), afterInstall: readFileSync(after('--after-install'), 'utf8'),
}));
`;

describe.runIf(process.platform === 'linux').each(['deb', 'rpm'])('D6 the %s', (target) => {
  beforeAll(async () => {
    const app = join(work.path, `${target}-app`);
    const output = join(work.path, `${target}-out`);
    const fpm = join(work.path, 'fpm');
    for (const folder of [join(app, 'resources'), output]) mkdirSync(folder, { recursive: true });
    writeFileSync(fpm, standIn);
    chmodSync(fpm, 0o755);
    vi.stubEnv('CUSTOM_FPM_PATH', fpm);
    vi.stubEnv('FPM_RECORD', join(work.path, 'record-'));
    await build({
      projectDir: root,
      prepackaged: app,
      targets: Platform.LINUX.createTarget(target, Arch.x64),
      config: { directories: { output, buildResources: 'build' } },
    });
    packages.set(target, JSON.parse(readFileSync(join(work.path, `record-${target}`), 'utf8')) as Package);
    const profile = readFileSync(join(app, 'resources/apparmor-profile'), 'utf8');
    expect(profile).toContain('profile "profile-desk" "/opt/Profile Desk/profile-desk" flags=(unconfined)');
    expect(profile).toMatch(/^ {2}userns,$/m);
  });

  it('starts the app with its sandbox', () => {
    expect(packages.get(target)?.desktopEntry).toMatch(/^Exec="\/opt\/Profile Desk\/profile-desk" %U$/m);
    expect(JSON.stringify(packages.get(target))).not.toContain('no-sandbox');
  });

  it('sets the sandbox up where the system keeps user namespaces back: AppArmor profile, or the helper of root', () => {
    expect(packages.get(target)?.afterInstall).toContain("chmod 4755 '/opt/Profile Desk/chrome-sandbox'");
    expect(packages.get(target)?.afterInstall).toContain('apparmor_parser --replace');
  });

  it('has its entry under the name by which desktops find the app of a window', () => {
    expect(packages.get(target)?.args.join('\n')).toContain(
      '=/usr/share/applications/app.profiledesk.ProfileDesk.desktop',
    );
  });
});
