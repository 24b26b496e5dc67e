import { describe, expect, it } from 'vitest';
import { chooseLanguage, createTranslate } from './i18n.ts';

const texts = {
  hello: 'Hello {name}',
  keys: { left: 'one key is left | {count} keys are left', none: 'nothing' },
} as const;
const t = createTranslate(texts, 'en');

describe('X13 a text of the catalogue', () => {
  it('is found by its path, and fills in values as they are', () => {
    expect(t('keys.none')).toBe('nothing');
    expect(t('hello', { name: '{name} | $&' })).toBe('Hello {name} | $&');
  });

  it('writes numbers as its language does', () => {
    expect(t('keys.left', { count: 10_000 })).toBe('10,000 keys are left');
    expect(createTranslate(texts, 'de')('keys.left', { count: 10_000 })).toBe('10.000 keys are left');
  });

  it('takes the plural form that its language has for the number', () => {
    expect([0, 1, 2].map((count) => t('keys.left', { count }))).toEqual([
      '0 keys are left',
      'one key is left',
      '2 keys are left',
    ]);
    const slovene = createTranslate({ days: 'dan | dneva | dnevi | dni' }, 'sl');
    expect([1, 2, 3, 5].map((count) => slovene('days', { count }))).toEqual(['dan', 'dneva', 'dnevi', 'dni']);
    // Japanese does not tell one from many.
    expect(createTranslate({ days: '{count}日' }, 'ja')('days', { count: 1 })).toBe('1日');
  });
});

describe('X13 the language', () => {
  it.each([
    [['de-CH', 'en'], 'de'],
    [['fr', 'ja-JP', 'de'], 'ja'],
    [['pt-BR', 'pt'], 'pt-BR'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('of someone who prefers %j is %s', (preferred, language) => {
    expect(chooseLanguage(preferred, ['en', 'de', 'ja', 'pt', 'pt-BR'])).toBe(language);
  });
});
