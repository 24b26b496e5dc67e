import { describe, expect, it } from 'vitest';
import { countryCodes } from './countries.ts';

describe('W8 countries', () => {
  it('are the 249 codes of ISO 3166-1 and XK, each once, in order', () => {
    expect(countryCodes).toHaveLength(250);
    expect(countryCodes).toContain('XK');
    expect([...countryCodes]).toEqual([...new Set(countryCodes)].sort());
  });

  it('all have a name of their own', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const known = countryCodes.map((code) => names.of(code));
    expect(known).not.toContain(undefined);
    expect(new Set(known).size).toBe(250);
  });
});
