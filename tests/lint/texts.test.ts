import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flatten } from '../../shared/i18n.ts';
import { findMissing, findOwners, findScreens, keysIn, readLanguage, readSources } from './renderer-texts.ts';

const root = join(import.meta.dirname, '../..');
const english = readLanguage(join(root, 'locales/en'));
const all = [...english.values()].flatMap((texts) => flatten(texts));

/** Say saved, invalid, again, checked, contains. */
const stiff = /\b(?:kept|keeps|void|anew|judged|holds?|held)\b/i;
/** Where the word is the right one. */
const allowed: ReadonlySet<string> = new Set([
  'rotation.apiKeyIntro' /* "keeps the gap short" */,
  'app.dataNotKept' /* "Its data can not be kept", before the app ends */,
  'app.causeInLogs' /* "What you saved is kept" */,
  'storage.diskFull' /* "the disk that holds the folder" */,
]);

describe('X13 words', () => {
  it('are those that people use', () => {
    expect(all.length).toBeGreaterThan(800);
    expect(all.filter(([key, text]) => stiff.test(text) && !allowed.has(key))).toEqual([]);
  });

  it('an exception that is none any more is taken out', () => {
    const texts = new Map(all);
    for (const key of allowed) expect(texts.get(key)).toMatch(stiff);
  });
});

const { native = {}, ...late } = Object.fromEntries(english);
const owners = findOwners(new Map(Object.entries(late)));
const sources = readSources(root);

describe('X13 no text that nobody reads', () => {
  it('each key is in one file', () => {
    expect(owners.size).toBe(Object.values(late).flatMap((texts) => flatten(texts)).length);
  });

  it('each one is shown somewhere', () => {
    const used = keysIn([...sources.values()].join('\n'), owners.keys());
    expect(used.size).toBeGreaterThan(700);
    expect([...owners.keys()].filter((key) => !used.has(key))).toEqual([]);
  });

  it('each one of menus, dialogs, notifications, saved files and pages, too', () => {
    const files = globSync('{electron,preview}/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] });
    const code = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
    const keys = flatten(native).map(([key]) => key);
    const used = keysIn(code, keys);
    expect(used.size).toBeGreaterThan(40);
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  });
});

describe('X13 a text is there when it is shown', () => {
  const start = { file: 'renderer/main.ts', parts: new Set(['app', 'errors', 'profile']) };

  it('because what is loaded later names its catalogues', () => {
    expect(findMissing(findScreens(sources), owners, start)).toEqual([]);
  });

  it('and one that is not named is found, whichever way leads there', () => {
    const made = new Map([
      ['renderer/main.ts', "import { a } from './a.ts';\nload(withTexts(() => import('./Page.vue'), 'page'));"],
      ['renderer/a.ts', "load(() => import('./Dialog.vue'));"],
      ['renderer/Page.vue', "t('page.title');\nload(() => import('./Dialog.vue'));"],
      ['renderer/Dialog.vue', "import { b } from './b.ts';"],
      ['renderer/b.ts', 't(`page.${x}.name`)'],
    ]);
    const keys = new Map([
      ['page.title', 'page'],
      ['page.row.name', 'page'],
    ]);
    const from = { file: 'renderer/main.ts', parts: new Set<string>() };
    expect(findMissing(findScreens(made), keys, from)).toEqual(['renderer/Dialog.vue: page.row.name (page)']);
    const named = made.set('renderer/a.ts', "load(withTexts(() => import('./Dialog.vue'), 'page'));");
    expect(findMissing(findScreens(named), keys, from)).toEqual([]);
  });
});
