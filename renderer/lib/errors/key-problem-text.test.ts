import { describe, expect, it } from 'vitest';
import { keyProblemSchema, type KeyProblem } from '../../../shared/contract/keys/key-problems.ts';
import { t } from '../i18n/text.ts';
import { keyProblemText } from './key-problem-text.ts';

const text = (problem: KeyProblem) => keyProblemText(problem, t);

/** One problem of each code, and one for each value that a figure of it can have. */
function* everyProblem(): Iterable<KeyProblem> {
  for (const { shape } of keyProblemSchema.options) {
    const sample = { name: 'x', asked: 12_345, most: 10_000, bytes: 2_000_000, found: 101, seconds: 15, at: 7 };
    const figures = { bits: 1_024, fewest: 2_048, advised: 3_072, exponent: 35, factor: 3 };
    const first = { ...sample, ...figures, what: 'mac', part: 'file', unit: 'byte', source: 'vagrant' };
    const codes = 'options' in shape.code ? shape.code.options : [...shape.code.values];
    const base = Object.fromEntries(Object.keys(shape).map((name) => [name, first[name as keyof typeof first]]));
    for (const code of codes) yield keyProblemSchema.parse({ ...base, code });
    if ('what' in shape) {
      for (const what of shape.what.options) yield keyProblemSchema.parse({ ...base, code: 'damaged', what });
      for (const part of shape.part.options) yield keyProblemSchema.parse({ ...base, code: 'damaged', part });
      for (const unit of [...shape.unit.unwrap().options, null])
        yield keyProblemSchema.parse({ ...base, code: 'damaged', unit });
    }
    if ('source' in shape)
      for (const source of shape.source.options) yield keyProblemSchema.parse({ ...base, code: 'known-key', source });
    if (Object.keys(shape).join() === 'code,name')
      for (const code of codes) yield keyProblemSchema.parse({ code, name: null });
  }
}

describe('K1 K4 what is wrong with a key', () => {
  const all = [...everyProblem()];

  it('has words for each problem there is, with its figures in them', () => {
    expect(all.length).toBeGreaterThan(150);
    for (const problem of all) {
      expect(text(problem), JSON.stringify(problem)).toMatch(/^[A-Z][^{}]+\.$/);
      const { code: _, unit, ...figures } = { unit: null, ...problem };
      for (const value of Object.values(figures))
        if (typeof value === 'number' && !('unit' in problem && (unit === null || unit === 'end')))
          expect(text(problem), JSON.stringify(problem)).toContain(value.toLocaleString('en'));
    }
  });

  it('says where a file is damaged', () => {
    const damaged = { code: 'damaged', what: 'length-beyond-end', part: 'public-part', name: null } as const;
    expect(text({ ...damaged, unit: 'byte', at: 4_096 })).toBe(
      'The file is damaged: a length leads beyond its end (the public part, byte 4,096).',
    );
    expect(text({ ...damaged, what: 'not-base64', part: 'key', unit: 'digit', at: 3 })).toBe(
      'The file is damaged: a character that is no base64 (the key, digit 3).',
    );
    expect(
      text({ ...damaged, what: 'no-number', part: 'named-line', name: 'Argon2-Memory', unit: null, at: null }),
    ).toBe('The file is damaged: it is no number (the line “Argon2-Memory”).');
  });

  it('repeats a name only where there is one', () => {
    expect(text({ code: 'cipher', name: 'aes256-foo' })).toBe('The cipher “aes256-foo” is not supported here.');
    expect(text({ code: 'cipher', name: null })).toBe('The cipher of this file is not supported here.');
  });
});
