import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { readStaticFiles } from './static-files.ts';

describe('files of the renderer', () => {
  it('are listed once, under their URL paths', () => {
    using folder = makeTempFolder();
    mkdirSync(join(folder.path, 'assets'));
    writeFileSync(join(folder.path, 'index.html'), '<!doctype html>');
    writeFileSync(join(folder.path, 'assets', 'app.js'), 'export {}');
    const files = readStaticFiles(folder.path);
    expect([...files.keys()].sort()).toEqual(['/', '/assets/app.js', '/blank', '/index.html']);
    expect(files.get('/')).toBe(files.get('/index.html'));
    expect(files.get('/assets/app.js')).toEqual({
      content: Buffer.from('export {}'),
      type: 'text/javascript; charset=utf-8',
    });
  });

  it('are real files of a known type: no link leads out', () => {
    using folder = makeTempFolder();
    writeFileSync(join(folder.path, 'index.html'), '');
    writeFileSync(join(folder.path, 'notes.txt'), 'of no use to a page');
    symlinkSync('/etc/hostname', join(folder.path, 'link.js'));
    expect([...readStaticFiles(folder.path).keys()].sort()).toEqual(['/', '/blank', '/index.html']);
  });

  it('that are not built yet: says which command builds them', () => {
    using folder = makeTempFolder();
    expect(() => readStaticFiles(join(folder.path, 'dist'))).toThrow('npm run build');
    expect(() => readStaticFiles(folder.path)).toThrow('npm run build');
  });
});
