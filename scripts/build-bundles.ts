import { join } from 'node:path';
import { createBuilder } from 'vite';
import { root } from './tools.ts';

// What `vite build` does, with a line for each bundle: the first one after npm ci takes a while.

const names: Readonly<Record<string, string>> = {
  client: 'the screens',
  main: 'the services and the reference API',
  preload: 'the bridge between both',
};

const builder = await createBuilder({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
// `ssr` comes from Vite; vite.config.ts does not build it either.
const bundles = Object.entries(builder.environments).filter(([name]) => name !== 'ssr');
for (const [index, [name, environment]] of bundles.entries()) {
  console.log(`Building ${names[name] ?? name} (${String(index + 1)} of ${String(bundles.length)}) ...`);
  await builder.build(environment);
}
