import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

// What the documentation names must be there: a reader who follows a dead link stops believing the rest.

const root = join(import.meta.dirname, '..', '..');
const pages = globSync(['*.md', 'docs/**/*.md', 'ssh-keys/**/*.md', 'electron/**/*.md', 'tests/**/*.md'], {
  cwd: root,
});
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('the documentation', () => {
  it.each(pages)('%s links only to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
      ([, link, source]) => link ?? source!,
    );
    const own = links.filter((link) => !/^(https?:|mailto:|#)/.test(link)).map((link) => link.replace(/#.*$/, ''));
    expect(own.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  it.each(pages)('%s names only commands of package.json', (page) => {
    const named = [...read(page).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([]);
  });

  it('docs/glossary.md names only places that are there', () => {
    const named = [...read('docs/glossary.md').matchAll(/`((?:[\w-]+\/)+[\w.-]*)`/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('docs/features.md names only tests that are there', () => {
    const rows = read('docs/features.md')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const named = rows.flatMap((row) =>
      [...row.matchAll(/`([^`\s{}*]+\.(?:test|spec)\.ts)`/g)].map(([, name]) => name!),
    );
    expect(named.length).toBeGreaterThan(80);
    const tests = globSync(
      '{shared,ssh-keys,electron,server,preview,renderer,scripts,build,tests}/**/*.{test,spec}.ts',
      {
        cwd: root,
      },
    );
    const isThere = (name: string) => tests.some((file) => `/${file}`.endsWith(`/${name}`));
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });

  it('docs/attacks.md names for each attack tests that are there', () => {
    const rows = [...read('docs/attacks.md').matchAll(/^\| ([HML]\d+) \| (.+) \|$/gm)].map(([, id, text]) => ({
      id: id!,
      tests: [...text!.matchAll(/`([^`]+)` “([^”]+)”/g)].map(([, file, name]) => [file!, name!] as const),
    }));
    const upTo = (letter: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${letter}${String(at + 1)}`);
    expect(rows.map(({ id }) => id)).toEqual([...upTo('H', 3), ...upTo('M', 7), ...upTo('L', 17)]);
    expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([]);
    const isNamed = (file: string, name: string) =>
      /\.(?:test|spec)\.ts$/.test(file) && existsSync(join(root, file)) && read(file).includes(name);
    const missing = rows.flatMap(({ id, tests }) =>
      tests.filter(([file, name]) => !isNamed(file, name)).map(([file, name]) => `${id}: ${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('docs/adr/README.md lists each decision as its page has it', () => {
    const decisions = globSync('docs/adr/0*.md', { cwd: root }).sort();
    expect(decisions.length).toBeGreaterThan(10);
    const rows = decisions.map((file) => {
      const [, title] = /^# \d+\. (.+)\n/.exec(read(file)) ?? [];
      const [, date, status] = /^Date: (\d{4}-\d\d-\d\d) · Status: (.+)$/m.exec(read(file)) ?? [];
      const name = file.replace('docs/adr/', '');
      return `| [${name.slice(0, 4)}](${name}) | ${title} | ${date} | ${status} |`;
    });
    expect(
      read('docs/adr/README.md')
        .split('\n')
        .filter((line) => line.startsWith('| [0')),
    ).toEqual(rows);
  });

  it('no two decisions have one number', () => {
    const numbers = globSync('docs/adr/0*.md', { cwd: root }).map((file) => file.slice('docs/adr/'.length).slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)]);
  });
});

describe('comments', () => {
  const sources = globSync('{shared,ssh-keys,electron,server,preview,renderer,scripts,build,tests}/**/*.{ts,vue}', {
    cwd: root,
  });

  it('name only files that are there', () => {
    const all = [
      ...sources,
      ...pages,
      ...globSync(['*.{ts,js,json,yml}', 'build/**/*', 'docs/**/*', '.ci/*'], { cwd: root }),
    ];
    // The types that Electron's package brings.
    const isThere = (name: string) =>
      name === 'electron.d.ts' || all.some((file) => file === name || file.endsWith(`/${name.replace(/^[./]+/, '')}`));
    const missing = sources.flatMap((file) =>
      [...read(file).matchAll(/^\s*(?:\/\/|\/?\*).*$/gm)]
        .flatMap(([line]) => [
          ...line.matchAll(/(?<![\w@/:.-])((?:[\w.-]+\/)*[a-z][\w-]*(?:\.[a-z]+)*\.(?:ts|vue))\b/gi),
        ])
        .map(([, name]) => name!)
        .filter((name) => !isThere(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
