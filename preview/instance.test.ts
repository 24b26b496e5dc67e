import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { claimInstance } from './instance.ts';

describe.skipIf(process.platform === 'win32')('L15 the lock on a data folder', () => {
  it('is for its owner alone: who can read it could hold it', () => {
    using folder = makeTempFolder();
    chmodSync(folder.path, 0o755);
    const file = join(folder.path, 'instance.lock');
    for (const before of [undefined, 0o644]) {
      if (before !== undefined) {
        writeFileSync(file, '');
        chmodSync(file, before);
      }
      const instance = claimInstance(folder.path);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(claimInstance(folder.path), 'a second one').toBeUndefined();
      instance?.release();
    }
  });
});
