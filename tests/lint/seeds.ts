// One fault for each thing that lint and types hold, in each layer where it could go missing by itself.

export interface Seed {
  readonly file: string;
  readonly text: string;
  /** As oxlint and ESLint name it in their reports. */
  readonly rule: string;
}

export const layers = [
  'shared',
  'ssh-keys',
  'electron/services',
  'electron/main',
  'electron/preload',
  'preview',
  'server',
  'renderer',
  'scripts',
  'build',
  'tests',
] as const;
export type Layer = (typeof layers)[number];

const view = (script: string, template = '<p>{{ label }}</p>') =>
  `<script setup lang="ts">\nconst label = 'x';\n${script}\n</script>\n\n<template>\n  ${template}\n</template>\n`;

/** Found in every TypeScript file, whatever its layer. */
const anywhere: Readonly<Record<string, readonly [text: string, rule: string]>> = {
  any: ['export const loose: any = 1;\n', 'typescript(no-explicit-any)'],
  unchecked: ['// @ts-ignore\nexport const loose: number = 1;\n', 'typescript(ban-ts-comment)'],
  defaultExport: ['export default 1;\n', 'import(no-default-export)'],
  loosely: ['export const same = (left: unknown, right: unknown) => left == right;\n', 'eslint(eqeqeq)'],
  unused: ['const nobody = 1;\nexport {};\n', 'eslint(no-unused-vars)'],
  let: ['let fixed = 1;\nexport const seen = () => fixed;\n', 'eslint(prefer-const)'],
  typeImport: [
    "import { Probe } from './type.ts';\nexport type Seen = Probe;\n",
    'typescript(consistent-type-imports)',
  ],
  floating: [
    'const work = async () => 1;\nexport const go = () => {\n  work();\n};\n',
    'typescript(no-floating-promises)',
  ],
  misused: ['const work = async () => 1;\nexport const seen = work() ? 1 : 2;\n', 'typescript(no-misused-promises)'],
  awaited: ['export const go = async (value: number) => await value;\n', 'typescript(await-thenable)'],
  missed: [
    "export function read(kind: 'a' | 'b'): void {\n  switch (kind) {\n    case 'a':\n      break;\n  }\n}\n",
    'typescript(switch-exhaustiveness-check)',
  ],
  long: [`export function long(): void {\n${'  void 0;\n'.repeat(61)}}\n`, 'eslint(max-lines-per-function)'],
  tall: [`${'export {};\n'.repeat(301)}`, 'eslint(max-lines)'],
};

/** Found where oxlint reads types: everywhere but in renderer. */
const types: Readonly<Record<string, readonly [text: string, rule: string]>> = {
  wrongType: ["export const count: number = 'one';\n", 'typescript(TS2322)'],
  unusedLocal: ['export function read(_used: string, nobody: string): void {}\n', 'typescript(TS6133)'],
  unsureIndex: ['export const first = (list: string[]) => list[0].length;\n', 'typescript(TS2532)'],
};

const misses = (name: string, layer: Layer) =>
  (name === 'long' && layer === 'tests') || (layer === 'renderer' && name in types);

/** What a test sees of a page that may not be there yet. */
const glances = {
  inline: "  expect(await page.locator('li').count()).toBe(1);",
  within: "  expect((await page.locator('li').boundingBox())!.x).toBe(1);",
  helper: "  const titles = () => page.locator('li').allInnerTexts();\n  expect(await titles()).toEqual([]);",
  evaluated: "  expect(await page.evaluate(() => document.title)).toBe('x');",
  named: "  const text = await page.locator('li').innerText();\n  expect(text).toBe('x');",
  taken: "  const box = (await page.locator('li').boundingBox())!;\n  expect(box.x + box.width).toBe(1);",
};

export const seeds: readonly Seed[] = [
  ...layers.flatMap((layer) =>
    Object.entries({ ...anywhere, ...types })
      .filter(([name]) => !misses(name, layer))
      .map(([name, [text, rule]]) => ({ file: `${layer}/seeds/${name}.ts`, text, rule })),
  ),
  { file: 'preview/seeds/dom.ts', text: 'export const page = document;\n', rule: 'typescript(TS2584)' },
  { file: 'electron/preload/seeds/node.ts', text: 'export const here = process.cwd();\n', rule: 'typescript(TS2591)' },
  ...(['shared', 'ssh-keys', 'electron/services', 'preview', 'server', 'renderer'] as const).flatMap((layer) => [
    { file: `${layer}/seeds/console.ts`, text: 'console.log(1);\nexport {};\n', rule: 'eslint(no-console)' },
    {
      file: `${layer}/seeds/electron.ts`,
      text: "import { app } from 'electron';\nexport const used = app;\n",
      rule: 'eslint(no-restricted-imports)',
    },
  ]),
  ...(['shared', 'renderer'] as const).map((layer) => ({
    file: `${layer}/seeds/node-package.ts`,
    text: "import * as it from 'node:fs';\nexport const used = it;\n",
    rule: 'eslint(no-restricted-imports)',
  })),
  ...(['electron/services', 'scripts', 'tests'] as const).map((layer) => ({
    file: `${layer}/seeds/aside.ts`,
    text: `import { x } from '${layer.replaceAll(/[^/]+/g, '..')}/../ssh-keys/seeds/type.ts';\nexport const used = x;\n`,
    rule: 'project(entrance)',
  })),
  {
    file: 'electron/services/seeds/test-data.ts',
    text: "import { x } from '../../../ssh-keys/testing/type.ts';\nexport const used = x;\n",
    rule: 'project(entrance)',
  },
  ...['zod', 'axios', '../../shared/contract/app.ts', '../../shared/rpc/dispatcher.ts'].map((name, index) => ({
    file: `renderer/seeds/heavy-${String(index)}.ts`,
    text: `import * as it from '${name}';\nexport const used = it;\n`,
    rule: 'eslint(no-restricted-imports)',
  })),
  {
    file: 'renderer/seeds/async-component.ts',
    text: "import { defineAsyncComponent } from 'vue';\nexport const used = defineAsyncComponent;\n",
    rule: 'eslint(no-restricted-imports)',
  },
  {
    file: 'renderer/seeds/spread.store.ts',
    text: "import { defineStore } from 'pinia';\nconst parts = { x: 1 };\nexport const useSpreadStore = defineStore('spread', () => {\n  return { ...parts };\n});\n",
    rule: 'project(named-in-store)',
  },
  {
    file: 'server/seeds/cycle-a.ts',
    text: "import { b } from './cycle-b.ts';\nexport const a = () => b;\n",
    rule: 'import(no-cycle)',
  },
  {
    file: 'server/seeds/cycle-b.ts',
    text: "import { a } from './cycle-a.ts';\nexport const b = () => a;\n",
    rule: 'import(no-cycle)',
  },
  {
    file: 'tests/screens/seeds.spec.ts',
    text: "import { expect } from '@playwright/test';\nexport const seen = (services: { asked: number }) => expect(services.asked).toBe(1);\n",
    rule: 'project(wait-for-services)',
  },
  {
    file: 'tests/screens/asked.spec.ts',
    text: "import { expect } from '@playwright/test';\nconst asked = (stage: { asked: number }) => stage.asked;\nexport const seen = (stage: { asked: number }) => expect(asked(stage)).toBe(1);\n",
    rule: 'project(wait-for-services)',
  },
  ...Object.entries(glances).flatMap(([name, text]) =>
    ['tests/screens', 'tests/e2e/browser'].map((folder) => ({
      file: `${folder}/${name}.spec.ts`,
      text: `import { expect, type Page } from '@playwright/test';\nexport async function look(page: Page): Promise<void> {\n${text}\n}\n`,
      rule: 'project(wait-for-page)',
    })),
  ),
  ...componentSeeds(),
];

function componentSeeds(): Seed[] {
  const names = ['any', 'loosely', 'floating', 'misused', 'awaited', 'missed'];
  const scripts = names.map((name) => {
    const [text = '', rule = ''] = anywhere[name] ?? [];
    return { file: `renderer/seeds/View-${name}.vue`, text: view(text.replaceAll('export ', '')), rule };
  });
  return [
    ...scripts,
    {
      file: 'renderer/seeds/View-server.vue',
      text: view("import { x } from '../../server/seeds/type.ts';\nx();"),
      rule: 'project(import-directions)',
    },
    {
      file: 'renderer/seeds/View-zod.vue',
      text: view("import * as it from 'zod';\nit.string();"),
      rule: 'eslint(no-restricted-imports)',
    },
  ];
}

/** Ways to use the library that are in order: everybody by its entrance, tests by its test data too. */
export const entranceSeeds: readonly Omit<Seed, 'rule'>[] = [
  { file: 'electron/services/seeds/entrance.ts', text: "export { x } from '../../../ssh-keys/index.ts';\n" },
  {
    file: 'electron/services/seeds/entrance.test.ts',
    text: "export { x } from '../../../ssh-keys/testing/type.ts';\n",
  },
  { file: 'scripts/seeds/entrance.ts', text: "export { x } from '../../ssh-keys/index.ts';\n" },
  { file: 'tests/seeds/entrance.ts', text: "export { x } from '../../ssh-keys/testing/type.ts';\n" },
  { file: 'ssh-keys/seeds/inside.ts', text: "export { x } from '../formats/type.ts';\n" },
];

/** For ESLint, which reads templates. */
export const templateSeeds: readonly Seed[] = [
  { file: 'Words.vue', text: view('', '<p>Plain words</p>'), rule: '@intlify/vue-i18n/no-raw-text' },
  {
    file: 'Title.vue',
    text: view('', '<p title="Plain words">{{ label }}</p>'),
    rule: '@intlify/vue-i18n/no-raw-text',
  },
  { file: 'Markup.vue', text: view('', '<p v-html="label" />'), rule: 'vue/no-v-html' },
  { file: 'Keyless.vue', text: view('', '<p v-for="each in [label]">{{ each }}</p>'), rule: 'vue/require-v-for-key' },
  {
    file: 'Reference.vue',
    text: view("import { ref } from 'vue';\nconst isOn = ref(false);\nif (isOn) void 0;"),
    rule: 'vue/no-ref-as-operand',
  },
  {
    file: 'reference.ts',
    text: "import { ref } from 'vue';\nconst isOn = ref(false);\nexport const seen = isOn ? 1 : 2;\n",
    rule: 'vue/no-ref-as-operand',
  },
];
