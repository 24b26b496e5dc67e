import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkImage } from '../features/profile/avatar-check.ts';
import {
  checkCountry,
  checkEmail,
  checkName,
  checkPhone,
  checkText,
  checkUsername,
  type Checked,
} from './field-checks.ts';

const checks: Record<string, (typed: string) => Checked> = {
  name: (typed) => checkName(typed, 100),
  line: (typed) => checkText(typed, 100),
  username: checkUsername,
  email: checkEmail,
  phone: (typed) => checkPhone(typed, 'US'),
  country: checkCountry,
  image: checkImage,
};

/** Any text, and text that is nearly right for one of the fields. */
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.emailAddress(),
  fc.stringMatching(/^[+(]?[\d .()-]{4,20}(?: ?(?:x|ext\.) ?\d{1,5})?$/),
  fc.stringMatching(/^data:image\/(?:png|webp);base64,[A-Za-z0-9+/]{0,40}={0,3}$/),
);

describe('W4 W8 any input at all', () => {
  it.each(Object.entries(checks))(
    '%s: is refused or kept, and what is kept would be kept again as it is',
    (_field, check) => {
      fc.assert(
        fc.property(typed, (text) => {
          const checked = check(text);
          if ('fault' in checked) return;
          expect(check(checked.value)).toEqual(checked);
          expect(checked.value).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
          expect(checked.value).toBe(checked.value.trim().normalize('NFC'));
        }),
        { numRuns: 2_000 },
      );
    },
  );
});
