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
const targets: readonly Layer[] = [...(Object.keys(allowed) as Bounded[]), 'tests', 'scripts'];
const ways = ['import', 'later', 'export'] as const;
type Way = (typeof ways)[number];

export const directions = (Object.keys(allowed) as Bounded[]).flatMap((from) =>
  targets
    .filter((to) => to !== from)
    .flatMap((to) => ways.map((how) => ({ from, to, how, may: allowed[from].includes(to) }))),
);

/** A file of `from` that brings in one of `to`. */
export function importing(from: Layer, to: Layer, how: Way): { readonly file: string; readonly text: string } {
  const path = `${relative(`${from}/seeds`, `${to}/seeds`)}/type.ts`;
  const text = {
    import: `import { x } from '${path}';\nexport const used = x;\n`,
    later: `export const used = () => import('${path}');\n`,
    export: `export { x } from '${path}';\n`,
  };
  return { file: `${from}/seeds/${how}-${to.replace('/', '-')}.ts`, text: text[how] };
}
