import type { FieldErrors } from '../../shared/contract/error-shape.ts';
import type { FieldErrorCode } from '../../shared/contract/errors.ts';
import { t, type TextKey } from './i18n/text.ts';

export type FieldError = FieldErrors[string];

export function fieldErrorText({ code, limit }: FieldError): string {
  if (limit !== undefined && code === 'too-long') return t('fieldErrors.tooLongLimit', { limit });
  if (limit !== undefined && code === 'too-short') return t('fieldErrors.tooShortLimit', { limit });
  return t(keyOf(code));
}

function keyOf(code: FieldErrorCode): TextKey {
  switch (code) {
    case 'required': return 'fieldErrors.required';
    case 'too-long': return 'fieldErrors.tooLong';
    case 'too-short': return 'fieldErrors.tooShort';
    case 'not-valid': return 'fieldErrors.notValid';
    case 'not-an-email': return 'fieldErrors.notAnEmail';
    case 'not-a-phone': return 'fieldErrors.notAPhone';
    case 'not-a-country': return 'fieldErrors.notACountry';
    case 'not-a-choice': return 'fieldErrors.notAChoice';
    case 'control-characters': return 'fieldErrors.controlCharacters';
    case 'base32-look-alike': return 'fieldErrors.base32LookAlike';
    case 'base32-length': return 'fieldErrors.base32Length';
    case 'out-of-range': return 'fieldErrors.outOfRange';
    case 'duplicate': return 'fieldErrors.duplicate';
    case 'too-many': return 'fieldErrors.tooMany';
    case 'taken': return 'fieldErrors.taken';
    case 'locked': return 'fieldErrors.locked';
  }
}
