import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { newestChange } from './build.ts';

const longAgo = new Date('2020-01-01T00:00:00Z');
const later = new Date('2021-01-01T00:00:00Z');

describe('whether the build is stale', () => {
  it('is judged by the newest file, however deep', () => {
    using folder = makeTempFolder();
    const inner = join(folder.path, 'inner');
    mkdirSync(inner);
    writeFileSync(join(inner, 'a.ts'), '');
    utimesSync(join(inner, 'a.ts'), later, later);
    for (const path of [inner, folder.path]) utimesSync(path, longAgo, longAgo);
    expect(newestChange(folder.path)).toBe(later.getTime());
  });

  it('counts a file that was deleted', () => {
    using folder = makeTempFolder();
    const file = join(folder.path, 'a.ts');
    writeFileSync(file, '');
    utimesSync(file, longAgo, longAgo);
    utimesSync(folder.path, longAgo, longAgo);
    rmSync(file);
    expect(newestChange(folder.path)).toBeGreaterThan(longAgo.getTime());
  });

  it('is no matter where there is nothing', () => {
    expect(newestChange('/nowhere/at/all')).toBe(0);
  });
});
