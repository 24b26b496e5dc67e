import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { nodeModulesOutput } from '../../build/node-modules-output.ts';
import { makeOnce } from './make-once.ts';

// From its sources each of these programs reads some hundred files and packages before it is ready; as one file it is
// ready after a third of that. What is started by `npm run server` and `npm run start:browser` are the sources: each
// program has one test that starts them.

const root = join(import.meta.dirname, '..', '..');

const entries = {
  server: 'server/main.ts',
  embedded: 'server/embedded.ts',
  preview: 'preview/main.ts',
  'inspect-agent': 'scripts/inspect-agent.ts',
  'inspect-key': 'scripts/inspect-key.ts',
  'keyring-user': 'tests/keyring/keyring-user.ts',
  writer: 'tests/faults/writer.ts',
  'key-pair-writer': 'tests/faults/key-pair-writer.ts',
  'passphrase-changer': 'tests/faults/passphrase-changer.ts',
  'joint-writer': 'tests/faults/joint-writer.ts',
  importer: 'tests/faults/importer.ts',
  'soak-app': 'tests/soak/soak-app.ts',
  'app-of-a-version': 'tests/faults/stored/app-of-a-version.ts',
  // Started by the ones above.
  'keyring-helper': 'preview/ports/keyring-helper.ts',
  'key-worker': 'electron/services/features/ssh-keys/worker/node-key-worker-entry.ts',
} as const;

export type Program = Exclude<keyof typeof entries, 'keyring-helper'>;

/** Made of native code, or of files that it looks for beside itself. */
export const notBundled = ['@fastify/swagger', '@napi-rs/keyring', '@node-rs/argon2'];

const folders = [
  'locales',
  'shared',
  'ssh-keys',
  'electron',
  'server',
  'preview',
  'scripts',
  'tests/faults',
  'tests/keyring',
  'tests/soak',
];

/** The script that runs this program as its sources stand now. */
export async function bundleOf(program: Program): Promise<string> {
  const folder = await makeOnce({
    name: 'programs',
    sources: [...folders, 'build/node-modules-output.ts', 'package.json', 'package-lock.json', ownFile],
    make: bundle,
  });
  return join(folder, `${program}.js`);
}

/** The same program from its sources. */
export function sourceOf(program: Program): string {
  return join(root, entries[program]);
}

const ownFile = relative(root, import.meta.filename);

async function bundle(outDir: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    plugins: [keepPlaces()],
    ssr: { noExternal: true, external: notBundled },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node24',
      copyPublicDir: false,
      rolldownOptions: {
        input: entries,
        output: nodeModulesOutput,
      },
    },
  });
}

const place = /new URL\('([^']+)', import\.meta\.url\)/g;

/** What a module names by its own place: another program of ours is beside it now, everything else is where it was. */
function keepPlaces(): Plugin {
  const programs = new Map(Object.entries(entries).map(([name, file]) => [join(root, file), name]));
  return {
    name: 'keep-places',
    enforce: 'pre',
    transform: {
      filter: { id: /\.ts$/, code: /import\.meta/ },
      handler(code, id) {
        if (code.replaceAll(place, '').includes('import.meta')) throw new Error(`${id} finds its place in another way`);
        return code.replaceAll(place, (_all, path: string) => {
          const file = resolve(dirname(id), path);
          const name = programs.get(file);
          return name ? `new URL('./${name}.js', import.meta.url)` : `new URL('${pathToFileURL(file).href}')`;
        });
      },
    },
  };
}
