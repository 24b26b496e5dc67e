import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { writeChecksums } from './checksums.ts';

describe('D6 checksums of the packages', () => {
  it.runIf(process.platform === 'linux')('are what sha256sum checks, of what people install alone', async () => {
    using folder = makeTempFolder();
    for (const name of ['b.deb', 'a.tar.gz', 'builder-debug.yml', 'a.zip.blockmap'])
      writeFileSync(join(folder.path, name), name);
    mkdirSync(join(folder.path, 'folder.zip'));
    expect(await writeChecksums(folder.path)).toEqual(['a.tar.gz', 'b.deb']);
    const check = (): string =>
      execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], {
        cwd: folder.path,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    expect(check()).toBe('a.tar.gz: OK\nb.deb: OK\n');
    writeFileSync(join(folder.path, 'b.deb'), 'another');
    expect(check).toThrow('did NOT match');
  });

  it('are not written where there is no package', async () => {
    using folder = makeTempFolder();
    expect(await writeChecksums(folder.path)).toEqual([]);
    expect(existsSync(join(folder.path, 'SHA256SUMS'))).toBe(false);
  });
});
