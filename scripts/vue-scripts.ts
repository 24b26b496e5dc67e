import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { typedRules } from '../oxlint.config.ts';

// oxlint's typed rules read TypeScript, not .vue. So what stands in a component's `<script>` is written out as a file
// of its own beside nothing but its like, in lines of the same numbers; imports among and out of them are found as if
// they stood in renderer.

const folder = '.cache/vue-scripts';
const script = /(<script\b[^>]*>)([\s\S]*?)(<\/script>)/g;

/** The other rules read .vue by themselves. */
const onlyTyped = { plugins: ['typescript'], categories: { correctness: 'off' }, rules: typedRules };

/** Writes `root/.cache/vue-scripts` anew and returns its path, relative to `root`. */
export function writeVueScripts(root: string): string {
  const target = join(root, folder);
  rmSync(target, { recursive: true, force: true });
  for (const file of globSync('renderer/**/*.vue', { cwd: root })) {
    const path = join(target, `${file}.ts`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, scriptsOf(readFileSync(join(root, file), 'utf8')));
  }
  writeFileSync(join(target, 'tsconfig.json'), JSON.stringify(configFor(root, target)));
  writeFileSync(join(target, '.oxlintrc.json'), JSON.stringify(onlyTyped));
  return folder;
}

/** The same text as far as it is script, in the same lines; "export {}" makes it a module. */
export function scriptsOf(component: string): string {
  let end = 0;
  let text = '';
  for (const { 1: open = '', 2: code = '', index } of component.matchAll(script)) {
    const start = index + open.length;
    text += component.slice(end, start).replace(/[^\n]/g, '') + code;
    end = start + code.length;
  }
  return `${text}\nexport {};\n`;
}

/** Where a message of oxlint is about one of these files, the component it came from. */
export function nameComponents(output: string): string {
  return output.replaceAll(`${folder}/`, '').replaceAll('.vue.ts', '.vue');
}

function configFor(root: string, target: string) {
  return {
    extends: `${relative(target, root)}/renderer/tsconfig.json`,
    compilerOptions: { rootDirs: [relative(target, root), '.'] },
    include: ['renderer/**/*.ts'],
  };
}
