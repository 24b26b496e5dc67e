import { describe, expect, it } from 'vitest';
import { findMistakes, type PasswordEntry } from './password-mistakes.ts';

const good: PasswordEntry = { current: 'old one', next: 'Quiet-sea-4', repeat: 'Quiet-sea-4' };
const met = [{ rule: 'min-length', isMet: true }] as const;
const judge = (typed: Partial<PasswordEntry>, more: Partial<Parameters<typeof findMistakes>[1]> = {}) =>
  findMistakes(
    { ...good, ...typed },
    { verdicts: met, wasTried: true, refusal: undefined, provider: 'Control account', ...more },
  );

describe('W9 mistakes in a change of password', () => {
  it('are none in a good one', () => {
    expect(judge({})).toEqual({});
  });

  it('are not told before the first try', () => {
    expect(judge({ current: '', next: '', repeat: 'x' }, { wasTried: false })).toEqual({});
  });

  it('are empty fields', () => {
    expect(Object.keys(judge({ current: '', next: '', repeat: '' }))).toEqual(['current', 'next', 'repeat']);
  });

  it('are rules not met, a repetition that differs and the password there is', () => {
    expect(judge({}, { verdicts: [{ rule: 'min-length', isMet: false }] }).next).toMatch(/rules/);
    expect(judge({ repeat: 'Quiet-sea-5' }).repeat).toBe('The two are not the same.');
    expect(judge({ current: 'Quiet-sea-4' }).next).toBe('This is the password you have now.');
  });

  it('are what the provider refuses, for as long as it stands there', () => {
    const refusal = {
      entry: good,
      fields: { current: { code: 'not-valid' }, next: { code: 'too-long', limit: 64 } },
    } as const;
    expect(judge({}, { refusal })).toEqual({
      current: 'This is not your current password.',
      next: 'This is too long: 64 characters at most.',
    });
    expect(judge({ current: 'another' }, { refusal })).not.toHaveProperty('current');
  });

  it('name the provider that refuses for a reason of its own', () => {
    const refusal = { entry: good, fields: { next: { code: 'not-valid' } } } as const;
    expect(judge({}, { refusal }).next).toMatch(/^Control account does not accept/);
  });
});
