import { describe, expect, it } from 'vitest';
import { checkPassphrase, passphraseLimits, preparePassphrase } from './passphrase.ts';

const of = (text: string, hint: string | null = null) => checkPassphrase({ text, hint });

describe('D3 a new passphrase', () => {
  it('is taken as it is typed, of any characters, blanks at its ends too', () => {
    for (const text of ['correct horse', ' with blanks ', 'пароль из слов', '🔑🔑🔑🔑🔑🔑🔑🔑', 'x'.repeat(1_000)])
      expect(of(text), text).toEqual({});
  });

  it.each([
    ['', { code: 'required' }],
    ['seven77', { code: 'too-short', limit: passphraseLimits.min }],
    // Eight UTF-16 units, four characters.
    ['🔑🔑🔑🔑', { code: 'too-short', limit: passphraseLimits.min }],
    ['x'.repeat(10_000), { code: 'too-long', limit: passphraseLimits.max }],
    ['two lines\nof it', { code: 'control-characters' }],
    ['two lines\u2028of it', { code: 'control-characters' }],
    ['a tab\tin it', { code: 'control-characters' }],
  ])('is refused with the reason: %j', (text, error) => {
    expect(of(text)).toEqual({ passphrase: error });
  });

  it('is the same in each form in which a system types the same characters', () => {
    const composed = 'zürich café';
    expect(composed.normalize('NFD')).not.toBe(composed);
    expect(preparePassphrase(composed.normalize('NFD'))).toBe(preparePassphrase(composed));
    expect(preparePassphrase('ends with a blank ')).not.toBe(preparePassphrase('ends with a blank'));
  });
});

describe('D3 a hint', () => {
  const text = 'Tulips-in-Örebro 1987';

  it.each([
    text,
    `it is ${text}!`,
    'tulips in örebro 1987',
    'TULIPSINÖREBRO1987',
    'tulips-in-o\u0308rebro-1987',
    'Ｔｕｌｉｐｓ-in-Örebro 1987',
    '7891 orberÖ-ni-spiluT'.replace('orberÖ', 'orberÖ'),
    'Tulips-in-Örebro',
  ])('never is, holds, or is most of the passphrase: %j', (hint) => {
    expect(of(text, hint)).toEqual({ hint: { code: 'hint-tells' } });
  });

  it.each(['what grows where grandmother lived, and the year', 'flowers', 'tul', '', null])('may be %j', (hint) => {
    expect(of(text, hint)).toEqual({});
  });

  it('is compared sign by sign where there are no letters', () => {
    expect(of('!?!?!?!?', 'it is !?!?!?!?')).toEqual({ hint: { code: 'hint-tells' } });
    expect(of('!?!?!?!?', 'signs')).toEqual({});
  });

  it('has one line of a length that can be shown', () => {
    expect(of(text, 'x'.repeat(201))).toEqual({ hint: { code: 'too-long', limit: 200 } });
    expect(of(text, 'two\nlines')).toEqual({ hint: { code: 'control-characters' } });
  });
});
