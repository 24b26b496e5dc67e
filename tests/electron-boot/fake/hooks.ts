import { registerHooks } from 'node:module';

// Loaded before the built main process: `electron` is the fake, with the default export that Electron also has.

const fake = new URL('electron.ts', import.meta.url).href;
const source = `import * as all from '${fake}'; export * from '${fake}'; export default all;`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: 'fake:electron', format: 'module', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === 'fake:electron' ? { format: 'module', source, shortCircuit: true } : next(url, context),
});
await import('./controls.ts');
