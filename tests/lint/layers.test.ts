import { dirname, join, relative } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

// The rules of docs/architecture.md are only as good as the lint that holds them: each is broken here once.

const root = join(import.meta.dirname, '..', '..');
const eslint = new ESLint({ cwd: root });

/** Names of the rules that complain about `code` as if it stood in `file`. */
async function complaints(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  return [...new Set(result!.messages.map((message) => message.ruleId ?? message.message))];
}

/** One real file of each layer: typed lint knows no others. Its text is replaced, the file itself is left alone. */
const files = {
  shared: 'shared/contract/errors.ts',
  'electron/services': 'electron/services/ports.ts',
  'electron/main': 'electron/main/window.ts',
  'electron/preload': 'electron/preload/preload.ts',
  preview: 'preview/command-line.ts',
  renderer: 'renderer/host/host.ts',
  server: 'server/clock.ts',
  tests: 'tests/lint/layers.test.ts',
  scripts: 'scripts/tools.ts',
} as const;
type Layer = keyof typeof files;

const allowed: Readonly<Record<Exclude<Layer, 'tests' | 'scripts'>, readonly Layer[]>> = {
  shared: [],
  'electron/services': ['shared'],
  'electron/main': ['electron/services', 'shared'],
  'electron/preload': [],
  preview: ['electron/services', 'shared'],
  renderer: ['shared'],
  server: ['shared'],
};

const directions = (Object.keys(allowed) as (keyof typeof allowed)[]).flatMap((from) =>
  (Object.keys(files) as Layer[])
    .filter((to) => to !== from)
    .map((to) => ({ from, to, may: allowed[from].includes(to) })),
);

function importing(from: Layer, to: Layer): string {
  const path = relative(dirname(files[from]), files[to]);
  return `import * as other from '${path.startsWith('.') ? path : `./${path}`}';\nexport const used = other;\n`;
}

describe('import directions (D2: everything with privileges stays on its side)', () => {
  it.each(directions.filter(({ may }) => !may))('$from may not import $to', async ({ from, to }) => {
    expect(await complaints(files[from], importing(from, to))).toContain('import-x/no-restricted-paths');
  });

  it.each(directions.filter(({ may }) => may))('$from may import $to', async ({ from, to }) => {
    expect(await complaints(files[from], importing(from, to))).not.toContain('import-x/no-restricted-paths');
  });
});

const usingElectron = "import { app } from 'electron';\nexport const used = app;\n";
const usingPackage = (name: string) => `import * as it from '${name}';\nexport const used = it;\n`;

describe('what a layer may not know', () => {
  it.each(['electron/services', 'shared', 'preview', 'server', 'renderer'] as const)(
    '%s may not import electron',
    async (layer) => {
      expect(await complaints(files[layer], usingElectron)).toContain('no-restricted-imports');
    },
  );

  it.each(['electron/main', 'electron/preload'] as const)('%s may import electron', async (layer) => {
    expect(await complaints(files[layer], usingElectron)).toEqual([]);
  });

  it.each(['node:fs', 'node:crypto'])('shared and renderer may not import %s', async (name) => {
    expect(await complaints(files.shared, usingPackage(name))).toContain('no-restricted-imports');
    expect(await complaints(files.renderer, usingPackage(name))).toContain('no-restricted-imports');
  });

  it.each(['zod', 'axios'])('renderer may not import %s (first screen, no network)', async (name) => {
    expect(await complaints(files.renderer, usingPackage(name))).toContain('no-restricted-imports');
  });
});

describe('code that is refused', () => {
  it.each([
    ['any', 'export const loose: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    [
      'a switched-off type check',
      '// @ts-ignore\nexport const loose: number = "1";\n',
      '@typescript-eslint/ban-ts-comment',
    ],
    ['a default export', 'export default 1;\n', 'import-x/no-default-export'],
    ['console', 'console.log(1);\nexport {};\n', 'no-console'],
    [
      'a promise that nobody waits for',
      'export const start = () => {\n  Promise.reject(new Error());\n};\n',
      '@typescript-eslint/no-floating-promises',
    ],
    ['==', 'export const same = (left: unknown, right: unknown) => left == right;\n', 'eqeqeq'],
  ])('%s', async (_what, code, rule) => {
    expect(await complaints(files['electron/services'], code)).toContain(rule);
  });

  it('raw text in a template, so that every word is in the catalogue (X13)', async () => {
    const view = (content: string) =>
      `<script setup lang="ts">\nconst label = 'x';\n</script>\n\n<template>\n${content}\n</template>\n`;
    expect(await complaints('renderer/ui/ProbeView.vue', view('<p>Plain words</p>'))).toContain(
      '@intlify/vue-i18n/no-raw-text',
    );
    expect(await complaints('renderer/ui/ProbeView.vue', view('<p title="Plain words">{{ label }}</p>'))).toContain(
      '@intlify/vue-i18n/no-raw-text',
    );
    expect(await complaints('renderer/ui/ProbeView.vue', view('<p>{{ label }}</p>'))).toEqual([]);
  });

  it('v-html, which would bring markup in from outside', async () => {
    const view =
      '<script setup lang="ts">\nconst markup = "";\n</script>\n\n<template>\n  <p v-html="markup" />\n</template>\n';
    expect(await complaints('renderer/ui/ProbeView.vue', view)).toContain('vue/no-v-html');
  });
});
