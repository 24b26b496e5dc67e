import { builtinModules } from 'node:module';
import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type EnvironmentOptions, type ViteBuilder } from 'vite';
import { emitDataFiles } from './build/emit-data-files.ts';
import { emitNativeTexts } from './build/emit-native-texts.ts';
import { nodeModulesOutput } from './build/node-modules-output.ts';
import { releaseFacts } from './build/release-facts.ts';
import packageJson from './package.json' with { type: 'json' };

// `vite build` builds all three: the renderer, Electron's main process with the embedded server, the preload.

const here = import.meta.dirname;

/** What is there at run time: Electron, Node, and the production dependencies, which are installed, not bundled. */
const providedPackages = ['electron', ...Object.keys(packageJson.dependencies)];
function isProvided(specifier: string): boolean {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return true;
  return providedPackages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

/** Parts of the libraries that this renderer does not use; without them the first screen is smaller. */
const leftOut = {
  __VUE_OPTIONS_API__: false,
  __VUE_PROD_DEVTOOLS__: false,
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
};

function renderer(): EnvironmentOptions {
  return {
    define: leftOut,
    build: {
      outDir: join(here, 'dist/renderer'),
      emptyOutDir: true,
      manifest: true,
      sourcemap: true,
      // The files lie on this computer: to list what each part needs would cost the start more than it saves the part.
      modulePreload: {
        polyfill: false,
        resolveDependencies: (_file, dependencies, { hostType }) => (hostType === 'html' ? dependencies : []),
      },
      // What every start needs is one file: in thirty small ones it would be a tenth larger after compression.
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              {
                name: 'start',
                tags: ['$initial'],
                test: /node_modules|renderer.(app|pages|features|patterns|account|ui|lib|host)|locales/,
              },
            ],
          },
        },
      },
    },
  };
}

function main(): EnvironmentOptions {
  return {
    consumer: 'server',
    define: {
      __RELEASE__: JSON.stringify(
        releaseFacts(
          process.env['PROFILE_DESK_BUILD_DATE'],
          packageJson.homepage,
          process.env['PROFILE_DESK_CLIENT_IDS'],
        ),
      ),
    },
    build: {
      ...forNode('dist/main'),
      emitAssets: true,
      rolldownOptions: {
        external: isProvided,
        // Of the library the main process takes a few parts; those that read foreign files stay out of it, with their
        // packages.
        treeshake: { moduleSideEffects: [{ test: /[\\/]ssh-keys[\\/]/, sideEffects: false }] },
        input: {
          main: join(here, 'electron/main/main.ts'),
          'embedded-server': join(here, 'server/embedded.ts'),
          'key-worker': join(here, 'electron/main/key-worker.ts'),
        },
        output: nodeModulesOutput,
      },
    },
  };
}

/** One CommonJS file without dependencies: a sandboxed preload can load nothing else. */
function preload(): EnvironmentOptions {
  return {
    consumer: 'server',
    build: {
      ...forNode('dist/preload'),
      rolldownOptions: {
        external: ['electron'],
        input: { preload: join(here, 'electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  };
}

function forNode(outDir: string) {
  return {
    outDir: join(here, outDir),
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    target: 'node24',
    copyPublicDir: false,
  } as const;
}

/** Vite would also build an environment `ssr`, which we have no use for. */
async function buildApp(builder: ViteBuilder): Promise<void> {
  const { client, main, preload } = builder.environments;
  for (const environment of [client, main, preload]) if (environment) await builder.build(environment);
}

export default defineConfig({
  root: join(here, 'renderer'),
  plugins: [vue(), tailwindcss(), emitDataFiles(), emitNativeTexts(join(here, 'locales'))],
  environments: { client: renderer(), main: main(), preload: preload() },
  builder: { buildApp },
});
