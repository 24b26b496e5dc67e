import { relative } from 'node:path';
import type { Layer } from './seeds.ts';

type Bounded = Exclude<Layer, 'tests' | 'scripts' | 'build'>;

/** As docs/architecture.md says. */
const allowed: Readonly<Record<Bounded, readonly Layer[]>> = {
  shared: [],
  'ssh-keys': [],
  'electron/services': ['shared', 'ssh-keys'],
  'electron/main': ['electron/services', 'shared'],
  'electron/preload': [],
  preview: ['electron/services', 'shared'],
  renderer: ['shared'],
  server: ['shared'],
};
/** Folders inside a layer, highest first; `testing` is for tests alone. */
const folders: Readonly<Record<string, readonly string[]>> = {
  renderer: ['app', 'pages', 'features/one', 'patterns', 'account', 'ui', 'lib', 'host'],
  'electron/services': [
    ...['features/one', 'resources', 'accounts', 'provider', 'openid', 'embedded'],
    ...['vault', 'log', 'http', 'files', 'page', 'core'],
  ],
};
const targets: readonly Layer[] = [...(Object.keys(allowed) as Bounded[]), 'tests', 'scripts'];
const ways = ['import', 'later', 'export'] as const;
type Way = (typeof ways)[number];

export const directions = (Object.keys(allowed) as Bounded[]).flatMap((from) =>
  targets
    .filter((to) => to !== from)
    .flatMap((to) => ways.map((how) => ({ from, to, how, may: allowed[from].includes(to) }))),
);

/** The same inside a layer. */
export const innerDirections = Object.entries(folders).flatMap(([layer, order]) =>
  [...order, 'features/other'].flatMap((from) =>
    [...order, 'features/other', 'testing']
      .filter((to) => to !== from)
      .flatMap((to) =>
        ways.map((how) => ({
          from: `${layer}/${from}`,
          to: `${layer}/${to}`,
          how,
          may: mayInside(order, from, to),
        })),
      ),
  ),
);

function mayInside(order: readonly string[], from: string, to: string): boolean {
  if (to === 'testing' || (from.startsWith('features/') && to.startsWith('features/'))) return false;
  const rank = (folder: string) => order.findIndex((each) => each.split('/')[0] === folder.split('/')[0]);
  return rank(from) <= rank(to);
}

/** What lies beside these folders is the wiring, and not for them; what a shell brings is. */
export const besideFolders = [
  { file: 'electron/services/core/seeds/ports.ts', path: '../../ports.ts', may: true },
  { file: 'electron/services/core/seeds/wiring.ts', path: '../../create-services.ts', may: false },
  { file: 'electron/services/features/one/seeds/wiring.ts', path: '../../../create-services.ts', may: false },
  { file: 'electron/services/wiring.ts', path: './features/one/seeds/type.ts', may: true },
];

/** A file of `from` that brings in one of `to`. */
export function importing(from: string, to: string, how: Way): { readonly file: string; readonly text: string } {
  const path = `${relative(`${from}/seeds`, `${to}/seeds`)}/type.ts`;
  const text = {
    import: `import { x } from '${path}';\nexport const used = x;\n`,
    later: `export const used = () => import('${path}');\n`,
    export: `export { x } from '${path}';\n`,
  };
  return { file: `${from}/seeds/${how}-${to.replaceAll('/', '-')}.ts`, text: text[how] };
}
