import { describe, expect, it } from 'vitest';
import { hasChanges } from './has-changes.ts';

describe('W2 has-changes', () => {
  it('holds only if every changed field is there already', () => {
    expect(hasChanges({ city: 'Ulm', state: 'BW' }, { city: 'Ulm' })).toBe(true);
    expect(hasChanges({ city: 'Ulm', state: 'BW' }, { city: 'Ulm', state: '' })).toBe(false);
  });

  it('compares a text as a provider keeps it: composed and without white space around it', () => {
    expect(hasChanges({ city: 'Zürich' }, { city: ' Zu\u0308rich ' })).toBe(true);
  });

  it('compares a list by what is in it (W5)', () => {
    const thresholds = [{ percent: 80, byMail: true }];
    expect(hasChanges({ thresholds }, { thresholds: [{ byMail: true, percent: 80 }] })).toBe(true);
    expect(hasChanges({ thresholds }, { thresholds: [{ percent: 80, byMail: false }] })).toBe(false);
    expect(hasChanges({ thresholds }, { thresholds: [] })).toBe(false);
  });

  it('does not take a missing value for an empty one', () => {
    expect(hasChanges({}, { city: '' })).toBe(false);
    expect(hasChanges({ image: null }, { image: null })).toBe(true);
  });
});
