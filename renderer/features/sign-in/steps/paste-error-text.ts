import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { t } from '../../../lib/i18n/text.ts';
import { connectErrorText } from '../connect-error-text.ts';

/** Why a token that was pasted let nobody in at `host`. */
export function pasteErrorText(error: ErrorShape, host: string): string {
  const { code, reason, permission } = error;
  if (reason === 'key-refused') return t('connect.pasteRefused', { host });
  if (reason === 'another-person') return t('connect.pasteOther');
  if (code !== 'forbidden') return connectErrorText(error);
  return permission ? t('connect.pasteLacks', { permission }) : t('connect.pasteForbidden', { host });
}

/** The same of a key that was pasted with a name. */
export function keyErrorText(error: ErrorShape, host: string): string {
  if (error.reason === 'key-refused') return t('connect.keyRefused', { host });
  if (error.reason === 'another-person') return t('connect.keyOther');
  return pasteErrorText(error, host);
}
