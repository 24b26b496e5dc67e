import { formatCountry, formatDuration, formatList } from '../../../lib/formats.ts';
import { t } from '../../../lib/i18n/text.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { isThresholds, type Choice, type FieldValue, type TypedThreshold } from './field-path.ts';

/** A field's value in words, for where it stands beside another. */
export function valueText(path: FieldPath, value: FieldValue, choices: readonly Choice[]): string {
  if (typeof value === 'boolean') return t(value ? 'notifications.on' : 'notifications.off');
  if (typeof value === 'number') return formatDuration(value * 60);
  if (isThresholds(value)) return value.length > 0 ? formatList(value.map(thresholdText)) : t('notifications.none');
  if (!value) return path === 'avatar.image' ? t('profile.avatar.pictureNone') : t('profile.emptyValue');
  if (path === 'contact.country') return formatCountry(value);
  return choices.find(({ id }) => id === value)?.name ?? value;
}

function thresholdText({ percent, byMail }: TypedThreshold): string {
  return t(byMail ? 'notifications.thresholdMail' : 'notifications.thresholdQuiet', { percent: percent ?? '' });
}
