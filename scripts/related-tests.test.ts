import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { findRelatedTests } from './related-tests.ts';

describe('the tests that npm run check takes', () => {
  it('are those beside a changed file and those that import it; the others are counted', () => {
    using folder = makeTempFolder();
    const lay = (file: string, text: string) => {
      mkdirSync(dirname(join(folder.path, file)), { recursive: true });
      writeFileSync(join(folder.path, file), text);
    };
    lay('server/deep.ts', 'export const deep = 1;\n');
    lay('server/deep.test.ts', "import { outer } from './outer.ts';\n");
    lay('server/outer.ts', "export { deep } from './deep.ts';\n");
    lay('server/outer.test.ts', "import { outer } from './outer.ts';\n");
    lay('tests/direct.test.ts', "const { deep } = await import('../server/deep.ts');\n");
    lay('tests/strange.test.ts', "import { other } from './other.ts';\n");
    lay('renderer/View.vue', '<script setup lang="ts">\nimport { deep } from \'../server/deep.ts\';\n</script>\n');
    lay('renderer/view.test.ts', "import View from './View.vue';\n");
    const { direct, farther } = findRelatedTests(folder.path, ['server/deep.ts']);
    expect(direct.toSorted()).toEqual(['server/deep.test.ts', 'tests/direct.test.ts']);
    expect(farther).toBe(2);
    expect(findRelatedTests(folder.path, ['renderer/View.vue'])).toEqual({
      direct: ['renderer/view.test.ts'],
      farther: 0,
    });
    expect(findRelatedTests(folder.path, ['tests/strange.test.ts'])).toEqual({
      direct: ['tests/strange.test.ts'],
      farther: 0,
    });
  });
});
