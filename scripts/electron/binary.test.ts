import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../tests/support/temp-folder.ts';
import { findElectron } from './binary.ts';

describe("D1 where Electron's binary is", () => {
  it('is there when the package has unpacked it whole', () => {
    using root = makeTempFolder();
    const folder = join(root.path, 'node_modules/electron');
    const binary = join(folder, 'dist/electron');
    expect(findElectron(root.path, {}, 'linux')).toEqual({ binary, isThere: false, isOverridden: false });
    mkdirSync(join(folder, 'dist'), { recursive: true });
    writeFileSync(binary, '');
    expect(findElectron(root.path, {}, 'linux').isThere).toBe(false);
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(findElectron(root.path, {}, 'linux')).toEqual({ binary, isThere: true, isOverridden: false });
  });

  it('is where ELECTRON_OVERRIDE_DIST_PATH says', () => {
    using root = makeTempFolder();
    const own = { ELECTRON_OVERRIDE_DIST_PATH: root.path };
    const binary = join(root.path, 'electron');
    expect(findElectron('/desk', own, 'linux')).toEqual({ binary, isThere: false, isOverridden: true });
    writeFileSync(binary, '');
    expect(findElectron('/desk', own, 'linux').isThere).toBe(true);
    expect(findElectron('/desk', {}, 'darwin').binary).toBe(
      '/desk/node_modules/electron/dist/Electron.app/Contents/MacOS/Electron',
    );
  });
});
