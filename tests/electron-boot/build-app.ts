import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder } from 'vite';
import { vi } from 'vitest';

const root = join(import.meta.dirname, '../..');

// Each of these tests starts processes, and all test files share the machine's cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

/** What lies in the renderer's folder and beside it. */
export const files = {
  'renderer/index.html': '<!doctype html><title>Profile Desk</title>',
  'renderer/assets/index-1a2b.js': 'export {};',
  'renderer/assets/index-1a2b.css': 'body { margin: 0 }',
  'renderer/.vite/manifest.json': '{}',
  'renderer/notes.txt': 'of no known type',
  'secret.html': 'outside the renderer',
};

/** Builds main, preload and embedded server by the project's own vite.config.ts, beside a small renderer. */
export async function buildApp(): Promise<{ folder: string; remove(): void }> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  // Inside the checkout, so that the bundle finds its packages as the app does.
  const folder = mkdtempSync(join(root, 'dist/boot-test-'));
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
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
