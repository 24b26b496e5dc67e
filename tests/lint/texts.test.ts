import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scriptsOf } from '../../scripts/vue-scripts.ts';
import { flatten } from '../../shared/i18n.ts';
import { compareLanguages } from './compare-languages.ts';
import { findReadOnce, findSentences } from './find-sentences.ts';
import { findMissing, findOwners, findScreens, keysIn, readLanguage, readSources } from './renderer-texts.ts';

const root = join(import.meta.dirname, '../..');
const english = readLanguage(join(root, 'locales/en'));
const all = [...english.values()].flatMap((texts) => flatten(texts));

/** Say saved, invalid, again, checked, contains. */
const stiff = /\b(?:kept|keeps|void|anew|judged|holds?|held)\b/i;
/** Where the word is the right one. */
const allowed: ReadonlySet<string> = new Set([
  'rotation.apiKeyIntro' /* "keeps the gap short" */,
  'app.dataNotKept' /* "Its data cannot be kept", before the app ends */,
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

describe('X13 each language', () => {
  const languages = readdirSync(join(root, 'locales'));

  it.each(languages)('%s has every text of English, with its values and plural forms', (language) => {
    expect(compareLanguages(english, readLanguage(join(root, 'locales', language)), language)).toEqual([]);
  });

  it('that lacks something is found', () => {
    const texts = { day: 'a day | {count} days', hello: 'Hello {name}', bye: 'Bye' };
    const ours = new Map([['app', texts]]);
    const compare = (tag: string, other: Readonly<Record<string, string>>) =>
      compareLanguages(ours, new Map([['app', other]]), tag);
    expect(compare('de', { day: 'ein Tag | {count} Tage', hello: 'Hallo {name}', bye: 'Tschüs' })).toEqual([]);
    expect(compare('ja', { day: '{count}日', hello: '{name}さん', bye: 'では' })).toEqual([]);
    expect(compare('de', { day: '{count} Tage', hello: 'Hallo {nam}', gone: 'Fort' })).toEqual([
      'app: day: has 1 plural forms, not 2',
      'app: hello: has {nam} for {name}',
      'app: bye: is missing',
      'app: gone: is not in English',
    ]);
    expect(compareLanguages(ours, new Map(), 'de')).toHaveLength(3);
  });
});

/** What looks like a sentence for people, and is none, or is not for those who use the app. */
const sentencesInCode: Readonly<Record<string, string>> = {
  'preview/command-line.ts': 'what --help of the host for development prints (ADR 18)',
  'preview/main.ts': 'what the host for development prints at its terminal (ADR 18)',
  'electron/services/http/network-error.ts': 'a message of Electron that is recognized',
  'electron/services/provider/cxone/access-keys.ts': 'the name of a permission at CXone',
  'electron/services/provider/gitea/http/problem.ts': 'an answer of Gitea that is recognized',
  'electron/services/provider/github/http/problem.ts': 'an answer of GitHub that is recognized',
  'electron/services/provider/github/http/scopes.ts': 'names of permissions, as its page for tokens has them',
  'electron/services/provider/github/site.ts': 'the name of the product, and an answer of it that is recognized',
  'electron/services/provider/keycloak/problem.ts': 'an answer of Keycloak that is recognized',
  'electron/services/http/user-agent.ts': 'part of a header',
  'electron/services/features/sessions/agent/stated-device.ts': 'names of makers that are recognized',
  'electron/main/ports/safe-storage-key-wrapper.ts': 'the name that Microsoft gave its key store',
  'electron/main/ports/utility-child.ts': 'names of processes, by which their end is recognized',
};

describe('X13 a text follows the language', () => {
  const scripts = [...sources].map(([file, code]) => [file, file.endsWith('.vue') ? scriptsOf(code) : code] as const);

  it('outside of the window too', () => {
    const shells = globSync('{electron,preview}/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] });
    expect(shells.length).toBeGreaterThan(150);
    expect(shells.flatMap((file) => findReadOnce(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it('because none is read once, but the names that a person may change', () => {
    expect(scripts.flatMap(([file, code]) => findReadOnce(file, code))).toEqual([
      "t('mfa.deviceNameDefault')",
      "t('mfa.deviceNameDefault')",
    ]);
  });

  it.each([
    ["const label = t('app.close');", ["t('app.close')"]],
    ['const options = names.map((name) => ({ label: t(`a.${name}`) }));', ['t(`a.${name}`)']],
    ["const label = computed(() => t('app.close'));", []],
    ["function title() { return t('app.close'); }", []],
  ])('as it is in %s', (code, found) => {
    expect(findReadOnce('made-up.ts', code)).toEqual(found);
  });
});

describe('X13 no sentence outside of locales', () => {
  const files = globSync('{electron,preview,renderer,shared}/**/*.{ts,vue}', {
    cwd: root,
    exclude: ['**/*.test.ts', '**/testing/**'],
  });
  const found = files.flatMap((file) => {
    const code = readFileSync(join(root, file), 'utf8');
    return findSentences(file, file.endsWith('.vue') ? scriptsOf(code) : code).map((text) => ({ file, text }));
  });

  it('but those that are named, with a reason', () => {
    expect(files.length).toBeGreaterThan(600);
    expect(found.filter(({ file }) => !(file in sentencesInCode))).toEqual([]);
    expect(Object.keys(sentencesInCode).filter((file) => !found.some((each) => each.file === file))).toEqual([]);
  });

  it.each([
    ["show('The window stopped working.')", ['The window stopped working.']],
    ['const text = `The folder ${name} is full`;', ['The folder {} is full']],
    ["reply('<h1>Connect to this address?</h1>')", ['Connect to this address?']],
    ["const label = isOpen ? 'Profile Desk asks you' : 'Close';", ['Profile Desk asks you']],
    ["throw new AppError('internal', {}, new Error('Chromium did not write its key'))", []],
    ["log.warn('Something went very wrong')", []],
    ["import x from './The very best.ts'; t('window.crashed'); // A comment of some words", []],
  ])('as one in %s is found', (code, sentences) => {
    expect(findSentences('made-up.ts', code)).toEqual(sentences);
  });
});
