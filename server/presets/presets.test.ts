import { describe, expect, it } from 'vitest';
import { profileAccess } from '../accounts/field-access.ts';
import {
  checkChoice,
  checkCountry,
  checkEmail,
  checkPhone,
  checkText,
  checkUsername,
} from '../accounts/field-checks.ts';
import { checkPassword } from '../../shared/password-policy.ts';
import { createReadablePassword } from '../security/readable-password.ts';
import { presetIds } from '../../shared/presets.ts';
import { findPreset, presets } from './presets.ts';

describe('D7 presets', () => {
  it('are the three seeds', () => {
    expect(presetIds).toEqual(['control-account', 'contact-center', 'platform']);
    expect(presets.map(({ id }) => id)).toEqual(presetIds);
    expect(presetIds.map((id) => findPreset(id))).toEqual(presets);
    expect(findPreset('other')).toBeUndefined();
  });

  it.each(presets)('$id has a demo person whose data this server would take as they are', ({ demo, roles }) => {
    const { user, contact } = demo;
    const checks = [
      checkText(user.firstName, 100),
      checkText(user.lastName, 100),
      checkUsername(user.username),
      checkChoice(user.role, roles),
      checkEmail(contact.email),
      checkPhone(contact.phone, ''),
      checkCountry(contact.country),
    ];
    const values = [
      user.firstName,
      user.lastName,
      user.username,
      user.role,
      contact.email,
      contact.phone,
      contact.country,
    ];
    expect(checks).toEqual(values.map((value) => ({ value })));
  });

  it.each(presets)(
    '$id leaves the demo person a field to edit and locks one behind a named permission (X6)',
    (preset) => {
      const { user, contact } = profileAccess(preset, preset.demo.permissions);
      const fields = [...Object.values(user), ...Object.values(contact)];
      expect(fields.some(({ access }) => access === 'editable')).toBe(true);
      expect(fields.some(({ permission }) => permission !== undefined)).toBe(true);
    },
  );

  it.each(presets)('$id has a password policy that a demo password meets', ({ policies }) => {
    expect(checkPassword(policies.password, createReadablePassword(), []).filter(({ isMet }) => !isMet)).toEqual([]);
  });
});
