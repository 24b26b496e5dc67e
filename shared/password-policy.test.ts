import { describe, expect, it } from 'vitest';
import type { PasswordPolicy } from './contract/account/password.ts';
import { checkPassword, preparePassword, type PasswordRule } from './password-policy.ts';

const policy: PasswordPolicy = {
  minLength: 8,
  maxLength: 12,
  characterGroups: 3,
  forbidsPersonalInformation: true,
  otherSessions: 'choose',
};
const mara = ['Mara', 'Lindqvist-Öberg', 'mara.l', 'm.lind@example.com'];

function unmet(password: string, personal: readonly string[] = [], over: Partial<PasswordPolicy> = {}): PasswordRule[] {
  return checkPassword({ ...policy, ...over }, password, personal).flatMap(({ rule, isMet }) => (isMet ? [] : [rule]));
}

describe('W9 password policy', () => {
  it('has a verdict for each of its rules, and none for a rule it has not', () => {
    expect(checkPassword(policy, 'Abcdefg1', []).map(({ rule }) => rule)).toEqual([
      'min-length',
      'max-length',
      'character-groups',
      'personal-information',
    ]);
    const plain = { ...policy, characterGroups: 0, forbidsPersonalInformation: false };
    expect(checkPassword(plain, 'mara', mara)).toEqual([
      { rule: 'min-length', isMet: false },
      { rule: 'max-length', isMet: true },
    ]);
  });

  it.each<[string, PasswordRule[]]>([
    ['Abcdef1', ['min-length']],
    ['Abcdefg1', []],
    ['Abcdefghijk1', []],
    ['Abcdefghijkl1', ['max-length']],
    ['', ['min-length', 'character-groups']],
  ])('judges the length of %j', (password, rules) => {
    expect(unmet(password)).toEqual(rules);
  });

  it.each<[string, PasswordRule[]]>([
    ['👩👩👩👩👩👩A1', []],
    ['👩👩👩👩👩A1', ['min-length']],
    ['Pa1 e\u0301e\u0301e\u0301', ['min-length']],
    ['Pa1 e\u0301e\u0301e\u0301e\u0301', []],
  ])('counts code points of the composed form: %j', (password, rules) => {
    expect(unmet(password)).toEqual(rules);
  });

  it.each([
    ['abcdefgh', 1],
    ['abcdEFGH', 2],
    ['abcdEFG1', 3],
    ['abcEFG1 ', 4],
    ['жЖ٣王王王王王', 4],
    ['王王王王王王王王', 1],
  ])('finds in %j %i groups', (password, groups) => {
    expect(unmet(password, [], { characterGroups: groups })).toEqual([]);
    if (groups < 4) expect(unmet(password, [], { characterGroups: groups + 1 })).toEqual(['character-groups']);
  });

  it.each(['xMARA12x', 'öberg-A123', '1lindqvisT', 'O\u0308berg-A12', 'ｍａｒａA123', 'A1-lind-99'])(
    'finds the person in %j',
    (password) => {
      expect(unmet(password, mara)).toEqual(['personal-information']);
    },
  );

  it.each(['Example.com1', 'm.l-A12345', 'Mar1a2B3c4'])('does not find the person in %j', (password) => {
    expect(unmet(password, mara)).toEqual([]);
  });

  it('takes no part of a name that is shorter than three characters, and no empty one', () => {
    expect(unmet('Abcdefg1', ['', ' ', 'Ab', '@', '@cde'])).toEqual(['personal-information']);
    expect(unmet('Abcdefg1', ['', ' ', 'Ab', '@', 'fg'])).toEqual([]);
  });

  it('trims nothing, and knows any space and any composition as the same', () => {
    expect(preparePassword(' a\u00A0b\u3000 ')).toBe(' a b  ');
    expect(preparePassword('o\u0308')).toBe('ö');
    expect(preparePassword('ﬁ')).toBe('ﬁ');
  });
});
