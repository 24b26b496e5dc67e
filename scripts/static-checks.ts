import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { layers } from './layers.ts';
import { root, runTool, type RunResult, type Tool } from './tools.ts';
import { nameComponents, writeVueScripts } from './vue-scripts.ts';

/** A part of lint or types that can run beside others. Its output is of use only if it failed. */
export interface StaticCheck {
  readonly name: string;
  run(): Promise<RunResult>;
}

const strictly = ['--deny-warnings', '--report-unused-disable-directives'];
const rendererInfo = join(root, '.cache', 'renderer.tsbuildinfo');

/** All rules. The types of every layer but renderer come with them, since oxlint reads both in one pass. */
export function listLintChecks(): StaticCheck[] {
  return [
    rulesAndTypes('rules and types', ['--ignore-pattern', 'renderer', '.']),
    rendererRules('rules: renderer', 'renderer'),
    simple('templates', 'eslint', ['--max-warnings', '0', 'renderer']),
    simple('format', 'oxfmt', ['--check', '.']),
    simple('unused', 'knip', []),
  ];
}

/** The types of the layers named, which are of `layers`. */
export function listTypeChecks(folders: readonly string[]): StaticCheck[] {
  const others = layers
    .map(({ folder }) => folder)
    .filter((folder) => folder !== 'renderer' && folders.includes(folder));
  return [
    ...(others.length > 0 ? [rulesAndTypes(`types: ${others.join(', ')}`, others)] : []),
    ...(folders.includes('renderer') ? [rendererTypes()] : []),
  ];
}

export function rulesAndTypes(name: string, paths: readonly string[]): StaticCheck {
  return { name, run: () => readTypes(['--type-check', ...paths]) };
}

/** Also of what stands in the components' scripts. */
export function rendererRules(name: string, ...paths: readonly string[]): StaticCheck {
  return {
    name,
    async run() {
      const { ok, output } = await readTypes([...paths, writeVueScripts(root)]);
      return { ok, output: nameComponents(output) };
    },
  };
}

/** What reads the types is written in Go: collecting half as often, it needs a sixth less CPU and the same memory. */
function readTypes(args: readonly string[]): Promise<RunResult> {
  return runTool('oxlint', ['--type-aware', ...strictly, ...args], { output: 'kept', environment: { GOGC: '200' } });
}

/** Only vue-tsc reads .vue. What it found out last time is kept, so that a change costs less. */
export function rendererTypes(): StaticCheck {
  mkdirSync(dirname(rendererInfo), { recursive: true });
  return simple('types: renderer', 'vue-tsc', ['-p', 'renderer', '--incremental', '--tsBuildInfoFile', rendererInfo]);
}

export function simple(name: string, tool: Tool, args: readonly string[]): StaticCheck {
  return { name, run: () => runTool(tool, args, { output: 'kept' }) };
}
