import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Arch } from 'electron-builder';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { beforePack, nativePackages } from './before-pack.ts';

const root = join(import.meta.dirname, '..');

describe('D6 before a package is made', () => {
  it('lets it be made for the machine that npm installed for', () => {
    const context = { arch: Arch[process.arch as 'x64' | 'arm64'], electronPlatformName: process.platform };
    expect(() => beforePack({ ...context, packager: { projectDir: root } })).not.toThrow();
  });

  it.each([
    ['win32', Arch.x64, ['argon2-linux-x64-gnu'], '@node-rs/argon2-win32-x64'],
    ['linux', Arch.arm64, ['argon2-linux-x64-gnu'], '@node-rs/argon2-linux-arm64'],
    ['linux', Arch.armv7l, ['argon2-linux-arm64-gnu'], '@node-rs/argon2-linux-arm'],
    ['darwin', Arch.universal, ['argon2-darwin-arm64'], '@node-rs/argon2-darwin-x64'],
    ['linux', Arch.x64, [], '@node-rs/argon2-linux-x64'],
  ])('stops one for %s %i where %j is installed', (electronPlatformName, arch, installed, missing) => {
    using folder = makeTempFolder();
    for (const name of installed) mkdirSync(join(folder.path, 'node_modules/@node-rs', name), { recursive: true });
    const pack = (): void => beforePack({ arch, electronPlatformName, packager: { projectDir: folder.path } });
    expect(pack).toThrow(`${missing} is not installed here`);
  });

  it('takes both processors of a universal one', () => {
    using folder = makeTempFolder();
    for (const name of ['darwin-x64', 'darwin-arm64'])
      mkdirSync(join(folder.path, `node_modules/@node-rs/argon2-${name}`), { recursive: true });
    const packager = { projectDir: folder.path };
    expect(() => beforePack({ arch: Arch.universal, electronPlatformName: 'darwin', packager })).not.toThrow();
  });

  it('knows every package of the product that comes in one for each system', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; cpu?: string[] }>;
    };
    const forOneSystem = Object.entries(lock.packages).flatMap(([path, { dev, cpu }]) => (cpu && !dev ? [path] : []));
    expect(forOneSystem.length).toBeGreaterThan(5);
    // Left out of the package in electron-builder.yml.
    const packed = forOneSystem.filter((path) => !path.startsWith('node_modules/@napi-rs/'));
    const known = nativePackages.map((name) => `node_modules/${name}-`);
    expect(packed.filter((path) => !known.some((start) => path.startsWith(start)))).toEqual([]);
  });
});
