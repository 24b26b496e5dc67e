import type { FieldErrors } from '../../../shared/contract/error-shape.ts';
import { camelCase } from '../camel-case.ts';
import { t } from '../i18n/text.ts';

export type FieldError = FieldErrors[string];

export function fieldErrorText({ code, limit, text }: FieldError): string {
  if (text !== undefined) return text;
  if (limit !== undefined && code === 'too-long') return t('fieldErrors.tooLongLimit', { limit });
  if (limit !== undefined && code === 'too-short') return t('fieldErrors.tooShortLimit', { limit });
  return t(`fieldErrors.${camelCase(code)}`);
}
