import { describe, expect, it } from 'vitest';
import { emptyValues, fieldPaths, fillFields, mapFields, profileFields, sectionNames } from './profile-fields.ts';

describe('W3 W4 the fields of the profile', () => {
  it('are in the order of the screen, without those that only the provider sets', () => {
    expect(fieldPaths.slice(0, 3)).toEqual(['avatar.image', 'user.firstName', 'user.lastName']);
    expect(fieldPaths.at(-1)).toBe('contact.country');
    expect(fieldPaths).not.toContain('user.registeredAt');
    expect(fieldPaths).not.toContain('notifications.sentTo');
    expect(new Set(fieldPaths).size).toBe(fieldPaths.length);
  });

  it('belong to the sections that are saved, and every section is saved', () => {
    expect([...sectionNames].toSorted()).toEqual([...Object.keys(profileFields), 'more'].toSorted());
  });

  it('give a section’s shape by the type of each value', () => {
    expect(mapFields(profileFields.workplace, emptyValues)).toEqual({
      dialingPattern: '',
      wfmNotifications: false,
      wfmInterval: 0,
    });
    expect(fillFields(profileFields.avatar, 'x')).toEqual({ image: 'x' });
  });
});
