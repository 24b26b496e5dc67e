import { describe, expect, it } from 'vitest';
import { t } from './text.ts';

describe('X13 texts', () => {
  it('fills in values as they are', () => {
    expect(t('profile.registered', { date: '{date} | $&' })).toBe('Registered on {date} | $&');
  });

  it('chooses between singular and plural', () => {
    expect(t('profile.updateCount', { count: 1 })).toBe('Update 1 change');
    expect(t('profile.updateCount', { count: 3 })).toBe('Update 3 changes');
  });
});
