import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { bootApp } from './boot-app.ts';

// The real packing, around a stand-in for Electron's binary. Needs what `npm run build` makes, as npm test does before.

const root = join(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'profile-desk-packed-'));
const resources = join(work, 'release/linux-unpacked/resources');
/** electron-builder finds the packages that packages need in a folder of their own alone. */
const isLinked = lstatSync(join(root, 'node_modules')).isSymbolicLink();
/** The packed files as they would lie on a disk, with those that were not packed. */
const app = join(work, 'app');

interface Asar {
  createPackage(folder: string, archive: string): Promise<void>;
  extractAll(archive: string, folder: string): void;
}
const requireAsBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const asar = createRequire(requireAsBuilder.resolve('app-builder-lib'))('@electron/asar') as Asar;

/** What electron-builder takes from Electron: a binary with a fuse wire, nine fuses in any state, and an archive. */
async function makeElectron(folder: string): Promise<void> {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  mkdirSync(join(work, 'empty'));
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([
      Buffer.from('before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      Buffer.of(1, 9),
      Buffer.from('101100101 after'),
    ]),
  );
  chmodSync(join(folder, 'electron'), 0o755);
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'version',
    'locales/en-US.pak',
    'locales/de.pak',
    'locales/fr.pak',
  ])
    writeFileSync(join(folder, name), '');
  writeFileSync(join(work, 'empty', 'main.js'), '');
  await asar.createPackage(join(work, 'empty'), join(folder, 'resources', 'default_app.asar'));
}

const list = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' });

/** By electron-builder.yml, for Linux on this kind of processor. */
const pack = (arch: Arch): Promise<string[]> =>
  build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', arch),
    config: {
      electronDist: join(work, 'electron'),
      directories: { output: join(work, 'release'), buildResources: 'build' },
      npmRebuild: false,
    },
  });

beforeAll(async () => {
  if (isLinked) return;
  await makeElectron(join(work, 'electron'));
  await pack(Arch.x64);
  asar.extractAll(join(resources, 'app.asar'), app);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.skipIf(isLinked)('D6 a package', () => {
  it('holds the built app and the packages it runs on, nothing to develop with', () => {
    expect(readdirSync(app).toSorted()).toEqual(['dist', 'node_modules', 'package.json']);
    expect(readdirSync(join(app, 'dist')).toSorted()).toEqual(['main', 'preload', 'renderer']);
    const built = list(join(root, 'dist/renderer')).filter(
      (file) => !file.endsWith('.map') && !file.startsWith('.vite'),
    );
    expect(list(join(app, 'dist/renderer'))).toEqual(expect.arrayContaining(built));
    const packed = list(app);
    expect(packed.filter((file) => file.endsWith('.map'))).toEqual([]);
    expect(
      packed.filter((file) =>
        /^node_modules\/(?:vite|vue|electron|typescript|vitest|playwright|@napi-rs)(?:\/|$)/.test(file),
      ),
    ).toEqual([]);
  });

  it('keeps each shared library outside the archive, where the system can load it', () => {
    const libraries = (folder: string): string[] => list(folder).filter((file) => file.endsWith('.node'));
    expect(libraries(app).length).toBeGreaterThan(0);
    expect(libraries(join(resources, 'app.asar.unpacked'))).toEqual(libraries(app));
  });

  it('has the languages that are decided, no others', () => {
    expect(readdirSync(join(resources, '../locales')).toSorted()).toEqual(['de.pak', 'en-US.pak']);
  });

  it('starts from its own files alone: window, services, embedded server', async () => {
    await using booted = bootApp(join(app, 'dist'), { isPackaged: true });
    await booted.waitFor('window.show');
    expect((await booted.does.open('app://profile-desk/index.html')).status).toBe(200);
    const inspected = await booted.does.request('accounts.inspect', { kind: 'embedded' });
    expect(inspected).toMatchObject({
      ok: true,
      value: { address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/) as string },
    });
  });

  it('is not made for another processor, whose native parts are not here', async () => {
    await expect(pack(Arch.arm64)).rejects.toThrow('@node-rs/argon2-linux-arm64 is not installed here');
    expect(readdirSync(join(work, 'release'))).not.toContain('linux-arm64-unpacked');
  });

  it('says of itself what installers and desktops ask for', () => {
    expect(packageJson).toMatchObject({
      productName: 'Profile Desk',
      author: expect.any(String) as string,
      homepage: expect.stringMatching(/^https:/) as string,
    });
    // Electron takes it for the identity of its windows: a reverse domain name, of which `.desktop` at the end is no
    // part.
    expect(packageJson.desktopName).toMatch(/^[a-z]+\.[a-z]+\.\w+\.desktop$/);
  });
});
