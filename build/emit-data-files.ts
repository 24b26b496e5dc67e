import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const dataFile = /new URL\('\.\/(data\/[\w.-]+)', import\.meta\.url\)/;

/**
 * Lays a file that code reads as `new URL('./data/NAME', import.meta.url)` beside the bundle, where the same words find
 * it: for Node Vite leaves them as they are. All chunks lie in one folder.
 */
export function emitDataFiles(): Plugin {
  return {
    name: 'emit-data-files',
    apply: 'build',
    // As the words stand in the source.
    enforce: 'pre',
    applyToEnvironment: ({ config }) => config.consumer === 'server',
    transform: {
      filter: { code: dataFile },
      handler(code, id) {
        for (const [, name = ''] of code.matchAll(new RegExp(dataFile, 'g')))
          this.emitFile({ type: 'asset', fileName: name, source: readFileSync(join(dirname(id), name)) });
      },
    },
  };
}
