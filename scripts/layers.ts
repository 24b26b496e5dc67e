/** Every layer has its own tsconfig, so that it sees only the ambient types of where it runs. */
export const layers: readonly { readonly folder: string }[] = [
  'renderer',
  'shared',
  'ssh-keys',
  'electron/services',
  'electron/main',
  'electron/preload',
  'preview',
  'server',
  'scripts',
  'build',
  'tests',
].map((folder) => ({ folder }));
