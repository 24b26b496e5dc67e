import { relative } from 'node:path';
import type { Layer } from './seeds.ts';

type Bounded = Exclude<Layer, 'tests' | 'scripts' | 'build'>;

/** As docs/architecture.md says. */
const allowed: Readonly<Record<Bounded, readonly Layer[]>> = {
  shared: [],
  'electron/services': ['shared'],
  'electron/main': ['electron/services', 'shared'],
  'electron/preload': [],
  preview: ['electron/services', 'shared'],
  renderer: ['shared'],
  server: ['shared'],
};
/** Folders inside the renderer, highest first; `testing` is for tests alone. */
const folders = ['app', 'pages', 'features/one', 'patterns', 'account', 'ui', 'lib', 'host'] as const;
const inRenderer = (folder: string) => `renderer/${folder}` as const;
const targets: readonly Layer[] = [...(Object.keys(allowed) as Bounded[]), 'tests', 'scripts'];
const ways = ['import', 'later', 'export'] as const;
type Way = (typeof ways)[number];

export const directions = (Object.keys(allowed) as Bounded[]).flatMap((from) =>
  targets
    .filter((to) => to !== from)
    .flatMap((to) => ways.map((how) => ({ from, to, how, may: allowed[from].includes(to) }))),
);

/** The same inside the renderer. */
export const innerDirections = [...folders, 'features/other'].flatMap((from) =>
  [...folders, 'features/other', 'testing']
    .filter((to) => to !== from)
    .flatMap((to) =>
      ways.map((how) => ({ from: inRenderer(from), to: inRenderer(to), how, may: mayInside(from, to) })),
    ),
);

function mayInside(from: string, to: string): boolean {
  if (to === 'testing' || (from.startsWith('features/') && to.startsWith('features/'))) return false;
  const rank = (folder: string) => folders.findIndex((each) => each.split('/')[0] === folder.split('/')[0]);
  return rank(from) <= rank(to);
}

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
