import { describe, expect, it } from 'vitest';
import { joinFacts } from '../formats.ts';
import { isolate } from './isolate.ts';
import { t } from './text.ts';

describe('W8 a name inside a text keeps its direction to itself', () => {
  it('leaves what can do no harm as it is', () => {
    expect(isolate('Nordlicht Größe 株式会社 😀')).toBe('Nordlicht Größe 株式会社 😀');
  });

  it('takes out what would turn the text around it', () => {
    expect(t('signIn.passwordTitle', { provider: '\u202Eecivres' })).toBe('Sign in to ecivres');
    expect(joinFacts('a\u2069\u202Eb', 'c')).toBe('ab · c');
  });

  it('sets right-to-left names apart', () => {
    expect(t('signIn.passwordTitle', { provider: 'שירות' })).toBe('Sign in to \u2068שירות\u2069');
  });
});
