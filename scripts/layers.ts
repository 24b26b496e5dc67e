import type { Tool } from './tools.ts';

/** Every layer has its own tsconfig, so that it sees only the ambient types of where it runs. */
export const layers: readonly { readonly folder: string; readonly checker: Extract<Tool, 'tsc' | 'vue-tsc'> }[] = [
  { folder: 'renderer', checker: 'vue-tsc' },
  { folder: 'shared', checker: 'tsc' },
  { folder: 'electron/services', checker: 'tsc' },
  { folder: 'electron/main', checker: 'tsc' },
  { folder: 'electron/preload', checker: 'tsc' },
  { folder: 'preview', checker: 'tsc' },
  { folder: 'server', checker: 'tsc' },
  { folder: 'scripts', checker: 'tsc' },
  { folder: 'build', checker: 'tsc' },
  { folder: 'tests', checker: 'tsc' },
];
