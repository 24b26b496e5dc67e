import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { t } from '../../../lib/i18n/text.ts';
import { splitPath } from './field-path.ts';

export function fieldLabel(path: FieldPath): string {
  const [, name] = splitPath(path);
  return t(`profile.fields.${name}`);
}
