import { registerHooks } from 'node:module';

// Loaded before the built main process: `electron` is the fake, with the default export that Electron also has.

const platform = process.env['FAKE_PLATFORM'];
if (platform) Object.defineProperty(process, 'platform', { value: platform });

Object.assign(process, { resourcesPath: '/there is no such folder' });

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
