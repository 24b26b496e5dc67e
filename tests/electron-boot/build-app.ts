import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { notBundled } from '../support/bundles.ts';
import { makeOnce } from '../support/make-once.ts';

const root = join(import.meta.dirname, '../..');

/** What lies in the renderer's folder and beside it. */
export const files = {
  'renderer/index.html': '<!doctype html><title>Profile Desk</title>',
  'renderer/assets/index-1a2b.js': 'export {};',
  'renderer/assets/index-1a2b.css': 'body { margin: 0 }',
  'renderer/.vite/manifest.json': '{}',
  'renderer/notes.txt': 'of no known type',
  // A made-up translation.
  'main/locales/eo/native.json': '{"about":{"fromSource":"El fontoj, Electron {version}"}}',
  'secret.html': 'outside the renderer',
};

/**
 * Main, preload and embedded server as the project's own vite.config.ts builds them, beside a small renderer. Gives the
 * folder, which belongs to all tests.
 */
export function buildApp(): Promise<string> {
  return makeOnce({
    name: 'app',
    sources: [
      'locales',
      'shared',
      'ssh-keys',
      'electron',
      'server',
      'build/emit-data-files.ts',
      'build/emit-native-texts.ts',
      'build/release-facts.ts',
      'vite.config.ts',
      'package.json',
      'package-lock.json',
      relative(root, import.meta.filename),
    ],
    // Which vite.config.ts reads.
    texts: [process.env['PROFILE_DESK_BUILD_DATE'] ?? '', process.env['PROFILE_DESK_CLIENT_IDS'] ?? ''],
    make: build,
  });
}

async function build(folder: string): Promise<void> {
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    environments: {
      main: { build: { outDir: join(folder, 'main') } },
      preload: { build: { outDir: join(folder, 'preload') } },
    },
  });
  for (const name of ['main', 'preload']) {
    const environment = builder.environments[name];
    if (!environment) throw new Error(`vite.config.ts has no environment ${name}`);
    await builder.build(environment);
  }
  await addPackages(join(folder, 'main'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/**
 * Puts the packages into the bundles: an app that is booted again and again would read their many files again and
 * again.
 */
async function addPackages(folder: string): Promise<void> {
  const { build: bundle } = await import('vite');
  const names = ['main', 'embedded-server', 'key-worker'];
  await bundle({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true, external: ['electron', ...notBundled] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      copyPublicDir: false,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, join(folder, `${name}.js`)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'whole-[name]-[hash].js' },
      },
    },
  });
}
