import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../tests/support/temp-folder.ts';
import { createSettingsFile } from '../../electron/services/files/settings-file.ts';
import { openConf } from './open-conf.ts';

describe('X13 the settings file', () => {
  it('keeps what was set, for its owner alone, and gives way to the defaults where it is damaged', () => {
    using folder = makeTempFolder();
    const path = join(folder.path, 'settings.json');
    createSettingsFile(folder.path, openConf).write({ theme: 'dark' });
    expect(createSettingsFile(folder.path, openConf).read()).toEqual({ theme: 'dark' });
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, '{"theme":');
    expect(createSettingsFile(folder.path, openConf).read()).toEqual({});
  });

  it('leaves nothing of what a kill left half-written, and nothing else is taken away', () => {
    using folder = makeTempFolder();
    const names = ['settings.json.tmp-6036720101bcbce2', 'settings.json.tmp-mine', 'other.json.tmp-6036720101bcbce2'];
    for (const name of names) writeFileSync(join(folder.path, name), '{"theme":');
    expect(createSettingsFile(folder.path, openConf).read()).toEqual({});
    expect(
      readdirSync(folder.path)
        .filter((name) => name.includes('tmp'))
        .sort(),
    ).toEqual([names[2], names[1]]);
  });

  it.skipIf(process.platform === 'win32')('follows no link and waits for no pipe, at the start and later (L2)', () => {
    using folder = makeTempFolder();
    const path = join(folder.path, 'settings.json');
    const other = join(folder.path, 'other.json');
    writeFileSync(other, '{"theme":"light"}');
    const plant: Readonly<Record<string, () => void>> = {
      'a link': () => symlinkSync(other, path),
      'a pipe': () => void spawnSync('mkfifo', [path]),
      'what never ends': () => symlinkSync('/dev/zero', path),
    };
    for (const [what, make] of Object.entries(plant)) {
      make();
      const file = createSettingsFile(folder.path, openConf);
      expect(file.read(), what).toEqual({});
      rmSync(path, { force: true });
      make();
      expect(file.read(), what).toEqual({});
      make();
      file.write({ theme: 'dark' });
      expect([lstatSync(path).isFile(), file.read()], what).toEqual([true, { theme: 'dark' }]);
      rmSync(path);
    }
    expect(readFileSync(other, 'utf8')).toBe('{"theme":"light"}');
  });
});
