import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../../tests/support/temp-folder.ts';
import { listRendererFiles } from './renderer-files.ts';

describe('D1 files of the renderer', () => {
  it('are listed once, under the paths of their addresses', () => {
    using folder = makeTempFolder();
    mkdirSync(join(folder.path, 'assets'));
    writeFileSync(join(folder.path, 'index.html'), '<!doctype html>');
    writeFileSync(join(folder.path, 'assets', 'app.js'), 'export {}');
    expect(listRendererFiles(folder.path)).toEqual(
      new Map([
        ['/index.html', { path: join(folder.path, 'index.html'), type: 'text/html; charset=utf-8' }],
        ['/assets/app.js', { path: join(folder.path, 'assets', 'app.js'), type: 'text/javascript; charset=utf-8' }],
      ]),
    );
  });

  it('are real files of a known type: no link leads out', () => {
    using folder = makeTempFolder();
    writeFileSync(join(folder.path, 'index.html'), '');
    writeFileSync(join(folder.path, 'notes.txt'), 'of no use to a page');
    symlinkSync('/etc/hostname', join(folder.path, 'link.js'));
    symlinkSync('/etc', join(folder.path, 'assets'));
    expect([...listRendererFiles(folder.path).keys()]).toEqual(['/index.html']);
  });
});
