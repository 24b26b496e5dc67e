import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { nameComponents, writeVueScripts } from '../../scripts/vue-scripts.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { besideFolders, directions, importing, innerDirections } from './directions.ts';
import { entranceSeeds, layers, seeds, templateSeeds } from './seeds.ts';

// The rules are only as good as the lint that holds them: each is broken here once. In a copy of the configuration,
// with the faults in it as files: one run of each tool finds them all.

const root = join(import.meta.dirname, '..', '..');
const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');

/** Rules that complained, by file. */
const complaints = new Map<string, Set<string>>();
const complained = (file: string) => [...(complaints.get(file) ?? [])];

function lay(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function run(folder: string, args: readonly string[]): void {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [oxlint, '--type-aware', '--format=unix', '--report-unused-disable-directives', ...args],
    { cwd: folder, encoding: 'utf8', maxBuffer: 100_000_000, timeout: 500_000 },
  );
  const lines = nameComponents(stdout).matchAll(/^(\S+?):\d+:\d+: .*\[\w+\/(.+)\]$/gm);
  let count = 0;
  for (const { 1: file = '', 2: rule = '' } of lines) {
    count += 1;
    complaints.set(file, (complaints.get(file) ?? new Set()).add(rule));
  }
  if (count === 0) throw new Error(`oxlint found nothing:\n${stdout}${stderr}`);
}

beforeAll(() => {
  using temp = makeTempFolder();
  const folder = temp.path;
  for (const file of globSync(['tsconfig.base.json', 'package.json', 'oxlint.config.ts', 'scripts/lint-plugin.js'], {
    cwd: root,
  }))
    cpSync(join(root, file), join(folder, file));
  for (const layer of layers) cpSync(join(root, layer, 'tsconfig.json'), join(folder, layer, 'tsconfig.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const layer of layers)
    lay(folder, `${layer}/seeds/type.ts`, 'export interface Probe {\n  readonly x: 1;\n}\nexport const x = () => 1;\n');
  for (const { file, text } of [...seeds, ...entranceSeeds]) lay(folder, file, text);
  for (const { from, to, how } of [...directions, ...innerDirections])
    lay(folder, importing(from, to, how).file, importing(from, to, how).text);
  for (const { file, path } of besideFolders) lay(folder, file, `export * from '${path}';\n`);
  run(folder, ['--type-check', ...layers.filter((layer) => layer !== 'renderer')]);
  run(folder, ['renderer', writeVueScripts(folder)]);
});

describe('import directions (D2: everything with privileges stays on its side)', () => {
  it.each(directions)('$from to $to, $how: allowed: $may', ({ from, to, how, may }) => {
    const found = complained(importing(from, to, how).file).includes('project(import-directions)');
    expect(found).toBe(!may);
  });

  it.each(innerDirections)('inside a layer: $from to $to, $how: allowed: $may', ({ from, to, how, may }) => {
    const found = complained(importing(from, to, how).file).includes('project(import-directions)');
    expect(found).toBe(!may);
  });

  it.each(besideFolders)('$file to $path: allowed: $may', ({ file, may }) => {
    expect(complained(file).includes('project(import-directions)')).toBe(!may);
  });

  it.each(['electron/main', 'electron/preload'])('%s may import electron', (layer) => {
    expect(complained(`${layer}/seeds/electron.ts`)).not.toContain('eslint(no-restricted-imports)');
  });
});

describe('a library', () => {
  it.each(entranceSeeds)('may be used so: $file', ({ file }) => {
    expect(complained(file)).not.toContain('project(entrance)');
  });
});

describe('a fault in each layer', () => {
  it.each(seeds)('$rule: $file', ({ file, rule }) => {
    expect(complained(file)).toContain(rule);
  });

  it('and none where there is none', () => {
    for (const layer of layers) expect(complained(`${layer}/seeds/type.ts`)).toEqual([]);
  });
});

describe('a fault in a template', () => {
  const eslint = new ESLint({ cwd: root });
  const rulesOf = async (file: string, text: string) => {
    const [result] = await eslint.lintText(text, { filePath: join(root, 'renderer/seeds', file) });
    return result!.messages.map(({ ruleId }) => ruleId);
  };

  it.each(templateSeeds)('$rule: $file', async ({ file, text, rule }) => {
    expect(await rulesOf(file, text)).toContain(rule);
  });

  it('and none where there is none', async () => {
    const text =
      '<script setup lang="ts">\nconst label = \'x\';\n</script>\n\n<template>\n  <p>{{ label }}</p>\n</template>\n';
    expect(await rulesOf('SoundView.vue', text)).toEqual([]);
  });
});
