import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Lays `LANGUAGE/native.json` of each language beside the main process, in `locales`: it reads the one that the system
 * prefers.
 */
export function emitNativeTexts(folder: string): Plugin {
  return {
    name: 'emit-native-texts',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'main',
    generateBundle() {
      for (const file of globSync('*/native.json', { cwd: folder }))
        this.emitFile({ type: 'asset', fileName: `locales/${file}`, source: readFileSync(join(folder, file)) });
    },
  };
}
