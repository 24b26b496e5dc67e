import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { listBuiltRenderer } from './built-renderer.ts';

it('D1 screens that are not built yet: says which command builds them', () => {
  using folder = makeTempFolder();
  expect(() => listBuiltRenderer(join(folder.path, 'dist'))).toThrow('npm run build');
  expect(() => listBuiltRenderer(folder.path)).toThrow('npm run build');
  writeFileSync(join(folder.path, 'index.html'), '');
  expect([...listBuiltRenderer(folder.path).keys()]).toEqual(['/index.html']);
});
