import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SystemFacts } from '../../../scripts/electron/obstacles.ts';
import { freeDesktop } from '../../support/electron-facts.ts';
import { findApp, packedLaunch, sourceLaunch, whyNot, type Facts } from './where.ts';

const root = join(import.meta.dirname, '../../..');
const system = freeDesktop;
const ready: Facts = { hasBinary: true, isBuilt: true, system };

describe('the suite of the real Electron (D1)', () => {
  it('runs where everything is there', () => {
    expect(whyNot('source', ready)).toBeUndefined();
    expect(whyNot('packed', ready)).toBeUndefined();
  });

  it('says what is missing', () => {
    expect(whyNot('source', { ...ready, hasBinary: false })).toContain('install.js');
    expect(whyNot('packed', { ...ready, hasBinary: false })).toContain('npm run package -- --dir');
    expect(whyNot('source', { ...ready, isBuilt: false })).toContain('npm run build');
    expect(whyNot('packed', { ...ready, isBuilt: false })).toBeUndefined();
  });

  it.each<[Partial<SystemFacts>, RegExp]>([
    [{ isRoot: true }, /root/],
    [{ hasDisplay: false }, /display/],
    [{ apparmorRestrictsNamespaces: '1' }, /AppArmor/],
    [{ unshare: 'fails' }, /unshare/],
    [{ missingLibraries: ['libnss3.so'] }, /libnss3\.so/],
  ])('is skipped for what keeps npm start from Electron: %j', (facts, text) => {
    for (const kind of ['source', 'packed'] as const)
      expect(whyNot(kind, { ...ready, system: { ...system, ...facts } })).toMatch(text);
  });

  it('starts the app with its sandbox, on data of its own', () => {
    const source = sourceLaunch('/data');
    expect(source).toMatchObject({ chromiumSandbox: true, args: [root, '--data-dir', '/data'] });
    const packed = packedLaunch('/data');
    expect(packed.args).toEqual(['--remote-debugging-port=0', '--data-dir', '/data']);
    expect([...source.args, ...packed.args].join(' ')).not.toContain('no-sandbox');
  });

  it.each([
    ['linux', 'x64', 'linux-unpacked/profile-desk'],
    ['linux', 'arm64', 'linux-arm64-unpacked/profile-desk'],
    ['win32', 'x64', 'win-unpacked/Profile Desk.exe'],
    ['darwin', 'arm64', 'mac-arm64/Profile Desk.app/Contents/MacOS/Profile Desk'],
  ] as const)('knows where the packed app is on %s, %s', (platform, arch, path) => {
    expect(findApp('packed', { platform, arch }).binary).toBe(join(root, 'release', path));
  });
});
