import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enAccount } from '../../renderer/lib/i18n/en-account.ts';
import { enApiCalls } from '../../renderer/lib/i18n/en-api-calls.ts';
import { enConnect } from '../../renderer/lib/i18n/en-connect.ts';
import { enIdentities } from '../../renderer/lib/i18n/en-identities.ts';
import { enIdentityKeys } from '../../renderer/lib/i18n/en-identity-keys.ts';
import { enKeyProblems } from '../../renderer/lib/i18n/en-key-problems.ts';
import { enKeys } from '../../renderer/lib/i18n/en-keys.ts';
import { enSecurity } from '../../renderer/lib/i18n/en-security.ts';
import { enSessions } from '../../renderer/lib/i18n/en-sessions.ts';
import { enUpdate } from '../../renderer/lib/i18n/en-update.ts';
import { en } from '../../renderer/lib/i18n/en.ts';

const renderer = join(import.meta.dirname, '../../renderer');

type Texts = Readonly<{ [name: string]: string | Texts }>;

const catalogues: readonly Texts[] = [
  en,
  enAccount,
  enApiCalls,
  enConnect,
  enIdentities,
  enIdentityKeys,
  { keyProblems: enKeyProblems },
  enKeys,
  enSecurity,
  enSessions,
  enUpdate,
];

function flat(texts: Texts, path = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string' ? [[path + name, value] as [string, string]] : flat(value, `${path}${name}.`),
  );
}

const all = catalogues.flatMap((each) => flat(each));

/** Say saved, invalid, again, checked, contains. */
const stiff = /\b(?:kept|keeps|void|anew|judged|holds?|held)\b/i;
/** Where the word is the right one. */
const allowed: ReadonlySet<string> = new Set(['rotation.apiKeyIntro' /* "keeps the gap short" */]);

describe('X13 words', () => {
  it('of every catalogue are looked at', () => {
    const files = globSync('lib/i18n/en*.ts', { cwd: renderer });
    // The texts of errors are part of those of the start.
    expect(files.filter((file) => !file.endsWith('en-errors.ts'))).toHaveLength(catalogues.length);
  });

  it('are those that people use', () => {
    expect(all.length).toBeGreaterThan(800);
    expect(all.filter(([key, text]) => stiff.test(text) && !allowed.has(key))).toEqual([]);
  });

  it('an exception that is none any more is taken out', () => {
    const texts = new Map(all);
    for (const key of allowed) expect(texts.get(key)).toMatch(stiff);
  });
});

const source = globSync('**/*.{ts,vue}', { cwd: renderer, exclude: ['**/*.test.ts', 'lib/i18n/**'] })
  .map((file) => readFileSync(join(renderer, file), 'utf8'))
  .join('\n');

describe('X13 no text that nobody reads', () => {
  /** Keys in quotes, and those that are put together: `a.${x}.b`. */
  const whole = new Set([...source.matchAll(/['"`]([a-z]\w*(?:\.[\w-]+)+)['"`]/gi)].map(([, key]) => key));
  const parts = [...source.matchAll(/`([a-z]\w*\.[^`\n]*\$\{[^`\n]*)`/gi)].map(
    ([, text = '']) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[^.]+')}$`),
  );

  it('each one is shown somewhere', () => {
    expect(whole.size).toBeGreaterThan(700);
    const isUsed = (key: string) => whole.has(key) || parts.some((part) => part.test(key));
    expect(all.map(([key]) => key).filter((key) => !isUsed(key))).toEqual([]);
  });
});
