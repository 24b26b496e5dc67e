import { describe, expect, it } from 'vitest';
import { Catalogue } from './catalogue.ts';

describe('X13 a part of the catalogue', () => {
  it('is read once', async () => {
    let reads = 0;
    const catalogue = new Catalogue('en', () => Promise.resolve({ a: { b: `read ${(reads += 1)}` } }));
    await Promise.all([catalogue.load('security'), catalogue.load('security')]);
    await catalogue.load('security');
    expect([catalogue.texts.get('a.b'), reads]).toEqual(['read 1', 1]);
  });

  it('is asked for anew where it could not be had', async () => {
    const answers = [Promise.reject(new TypeError('busy')), Promise.resolve({ a: 'here' })];
    const catalogue = new Catalogue('en', () => answers.shift() ?? Promise.resolve({}));
    await expect(catalogue.load('security')).rejects.toThrow('busy');
    await catalogue.load('security');
    expect(catalogue.texts.get('a')).toBe('here');
  });
});
