import { describe, expect, it } from 'vitest';
import {
  checkChoice,
  checkCountry,
  checkEmail,
  checkName,
  checkPhone,
  checkText,
  checkUsername,
} from './field-checks.ts';

const accepted = (value: string) => ({ value });
const refused = (code: string, limit?: number) => ({ fault: limit === undefined ? { code } : { code, limit } });

describe('W4 W8 text', () => {
  it('is trimmed and NFC, and counted in code points', () => {
    expect(checkText(' e\u0301 ', 100)).toEqual(accepted('é'));
    expect(checkText('😀'.repeat(100), 100)).toEqual(accepted('😀'.repeat(100)));
    expect(checkText('😀'.repeat(101), 100)).toEqual(refused('too-long', 100));
    expect(checkText('x'.repeat(10_000), 100)).toEqual(refused('too-long', 100));
  });

  it.each(['שלום עולם', 'محمد', 'नमस्ते', '👩‍👩‍👧‍👦', 'a\u200db', 'a\u200fb', 'می\u200cخواهم', '👍🏽', 'a\u00adb'])(
    'may be %j',
    (text) => {
      expect(checkText(text, 100)).toEqual(accepted(text));
    },
  );

  it.each([
    '\u0000',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u202a',
    '\u202e',
    '\u2066',
    '\u2069',
    '\ud800',
    '\n',
    '\u2028',
    '\u2029',
    '\ufff9',
    '\ufffb',
    '\u{e0041}',
    '\u{e007f}',
    '\u0378',
    '\uffff',
  ])('may not hold %j', (character) => {
    expect(checkText(`a${character}b`, 100)).toEqual(refused('control-characters'));
  });
});

describe('W4 E2 a text that shows nothing', () => {
  it.each(['\u200b', '\u3164', '\u180e\u2060', '\ufeff', '\u2800', '\u115f \u1160'])('counts as empty: %j', (text) => {
    expect(checkText(text, 100)).toEqual(accepted(''));
    expect(checkEmail(text)).toEqual(refused('required'));
  });
});

describe('W4 a name', () => {
  it.each(['\u200b', '\u2800', '\u3164', '\u061c', '\u00ad', '\u2060', ' \u200b '])(
    'must show something: %j',
    (name) => {
      expect(checkName(name, 100)).toEqual(refused('required'));
    },
  );

  it('may be left empty, and may hold what joins its letters', () => {
    expect(checkName(' ', 100)).toEqual(accepted(''));
    expect(checkName('می\u200cخواهم', 100)).toEqual(accepted('می\u200cخواهم'));
  });
});

describe('W4 username', () => {
  it.each(['abc', 'A.b_c-1', 'x'.repeat(64)])('may be %s', (name) => {
    expect(checkUsername(name)).toEqual(accepted(name));
  });

  it.each([
    ['', refused('required')],
    ['ab', refused('too-short', 3)],
    ['x'.repeat(65), refused('too-long', 64)],
    ['a b c', refused('not-a-username')],
    ['a@b.c', refused('not-a-username')],
    ['имя', refused('not-a-username')],
  ])('may not be %j', (name, verdict) => {
    expect(checkUsername(name)).toEqual(verdict);
  });
});

describe('W4 role', () => {
  it('is one of the choices', () => {
    expect(checkChoice('Viewer', ['Viewer'])).toEqual(accepted('Viewer'));
    expect(checkChoice('viewer', ['Viewer'])).toEqual(refused('not-a-choice'));
    expect(checkChoice('', ['Viewer'])).toEqual(refused('required'));
  });
});

describe('W8 E2 e-mail', () => {
  it.each([
    'a@b.co',
    "o'neill+tag@mail.example.com",
    'ünï.cødé@example.org',
    '用户@例え.jp',
    `${'a'.repeat(64)}@example.com`,
    `a@${'b'.repeat(63)}.com`,
  ])('may be %s', (email) => {
    expect(checkEmail(email)).toEqual(accepted(email));
  });

  it.each([
    'a',
    '@b.co',
    'a@',
    'a@b',
    'a@b..co',
    'a@-b.co',
    'a@b-.co',
    'a@b.1',
    'a b@c.co',
    'a@b@c.co',
    '.a@b.co',
    'a.@b.co',
    'a..b@c.co',
    '"a b"@c.co',
    'a@[127.0.0.1]',
    'a@b_c.co',
    `${'a'.repeat(65)}@example.com`,
    `${'é'.repeat(33)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'é.'.repeat(120)}com`,
  ])('may not be %s', (email) => {
    expect(checkEmail(email)).toEqual(refused('not-an-email'));
  });

  it.each([
    '\u200e',
    '\u200b',
    '\u200d',
    '\u00ad',
    '\ufeff',
    '\u2060',
    '\u3164',
    '\u180e',
    '\ufe0f',
    '\u034f',
    '\u{e0100}',
  ])('may not hold %j, with which it would look like another', (character) => {
    expect(checkEmail(`a${character}@b.example`)).toEqual(refused('control-characters'));
    // A soft hyphen in a domain came along with a line break of its source, and means nothing (UTS 46).
    const inDomain = character === '\u00ad' ? accepted('a@b.example') : refused('control-characters');
    expect(checkEmail(`a@b${character}.example`)).toEqual(inDomain);
  });

  it.each([
    'mara@ex\u00adample.org',
    '\uff4d\uff41\uff52\uff41@example.org',
    'mara@example\u3002org',
    'mara\uff20example.org',
  ])('%j is kept in plain characters', (email) => {
    expect(checkEmail(email)).toEqual(accepted('mara@example.org'));
  });

  it('says what is missing, too long or hidden', () => {
    expect(checkEmail(' ')).toEqual(refused('required'));
    expect(checkEmail(`${'a'.repeat(10_000)}@b.co`)).toEqual(refused('too-long', 254));
    expect(checkEmail('a\u202e@b.co')).toEqual(refused('control-characters'));
  });
});

describe('W8 phone', () => {
  it.each([
    ['+46812345678', '', '+46 8 123 456 78'],
    ['+1 (206) 555-0142', '', '+1 206 555 0142'],
    ['206.555.0142', 'US', '+1 206 555 0142'],
    ['030 1234567', 'DE', '+49 30 1234567'],
    ['٢٠٦٥٥٥٠١٤٢', 'US', '+1 206 555 0142'],
    ['\uff0b81 3 1234 5678', '', '+81 3 1234 5678'],
    ['\uff0b\uff18\uff11 3\u200b 1234 5678', '', '+81 3 1234 5678'],
    ['044 123 456', 'XK', '+383 44 123 456'],
    ['', 'US', ''],
  ])('%j in country %j is kept as %j', (typed, country, value) => {
    expect(checkPhone(typed, country)).toEqual(accepted(value));
  });

  it.each([
    ['206 555 0142', ''],
    ['206 555 0142', 'XX'],
    ['+999 123', ''],
    ['call me at +1 206 555 0142', ''],
    ['12', 'US'],
    ['😀', 'US'],
  ])('%j in country %j is none', (typed, country) => {
    expect(checkPhone(typed, country)).toEqual(refused('not-a-phone'));
  });
});

describe('W8 country', () => {
  it('is an ISO 3166-1 code or XK in upper case, or empty', () => {
    expect(checkCountry('xk')).toEqual(accepted('XK'));
    expect(checkCountry(' se')).toEqual(accepted('SE'));
    expect(checkCountry('')).toEqual(accepted(''));
    for (const typed of ['XX', 'SWE', 'Sweden', 'ＳＥ']) expect(checkCountry(typed)).toEqual(refused('not-a-country'));
  });
});
