import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** electron-builder's own reader and check of its configuration file. */
interface ConfigTools {
  getConfig(projectFolder: string, file: string, inline: null): Promise<Configuration>;
  validateConfiguration(config: Configuration, debugLogger: { isEnabled: boolean }): Promise<void>;
}
const requireAsBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const tools = requireAsBuilder('app-builder-lib/out/util/config/config.js') as ConfigTools;

let config: Configuration;
beforeAll(async () => {
  config = await tools.getConfig(root, 'electron-builder.yml', null);
});

describe('D6 electron-builder.yml', () => {
  it('is what electron-builder understands, whole', async () => {
    await expect(tools.validateConfiguration(config, { isEnabled: false })).resolves.toBeUndefined();
    await expect(tools.validateConfiguration({ ...config, ...{ asarr: true } }, { isEnabled: false })).rejects.toThrow(
      'asarr',
    );
  });

  it('decides every fuse as docs/security.md says', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      // Without an identity nobody signs after the fuses: Apple silicon would kill the app.
      resetAdHocDarwinSignature: true,
    });
    // These two fuses protect an archive; without one they would stop the app.
    expect(config.asar).toBe(true);
  });

  it('makes installable packages for Linux, Windows and macOS', () => {
    // No AppImage: docs/adr/0012-no-appimage.md
    expect(config.linux?.target).toEqual(['deb', 'rpm', 'tar.gz']);
    expect(config.win?.target).toEqual(['nsis', 'zip']);
    expect(config.mac?.target).toEqual(['dmg', 'zip']);
  });

  it('hands out no unsigned app of macOS, and publishes nothing', () => {
    expect(config.mac?.forceCodeSigning).toBe(true);
    expect(config.publish).toBeNull();
  });

  it('names only files that are there', () => {
    const named = [
      config.beforePack,
      config.afterPack,
      config.linux?.icon,
      config.win?.icon,
      config.mac?.icon,
      config.mac?.entitlements,
      config.mac?.entitlementsInherit,
    ];
    for (const file of named) expect(existsSync(join(root, String(file))), String(file)).toBe(true);
  });

  it('has an icon large enough for every platform', () => {
    // PNG, second edition §11.2.2: width and height stand at bytes 16 and 20.
    const png = readFileSync(join(root, 'build/icon.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
  });

  it('lets the hardened runtime make one exception, for V8', () => {
    expect(config.mac?.hardenedRuntime).toBe(true);
    const entitlements = readFileSync(join(root, 'build/entitlements.mac.plist'), 'utf8');
    expect([...entitlements.matchAll(/<key>(.+)<\/key>/g)].map((match) => match[1])).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
  });
});
