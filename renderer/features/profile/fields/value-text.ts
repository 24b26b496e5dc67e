import type { DescribedKind } from '../../../../shared/contract/account/described-fields.ts';
import { formatCountry, formatDay, formatDuration, formatList } from '../../../lib/formats.ts';
import { t } from '../../../lib/i18n/text.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { isTexts, isThresholds, type Choice, type FieldValue, type TypedThreshold } from './field-path.ts';

/** A field's value in words, for where it stands beside another. */
export function valueText(
  path: FieldPath,
  value: FieldValue,
  choices: readonly Choice[],
  kind?: DescribedKind,
): string {
  if (typeof value === 'boolean') return t(value ? 'notifications.on' : 'notifications.off');
  if (typeof value === 'number') return formatDuration(value * 60);
  if (isTexts(value)) return formatList(value.map((each) => nameIn(choices, each))) || t('profile.emptyValue');
  if (isThresholds(value)) return value.length > 0 ? formatList(value.map(thresholdText)) : t('notifications.none');
  if (!value) return path === 'avatar.image' ? t('profile.avatar.pictureNone') : t('profile.emptyValue');
  if (path === 'contact.country') return formatCountry(value);
  if (kind === 'yes-no') return t(value === 'true' ? 'described.yes' : 'described.no');
  if (kind === 'date') return isDay(value) ? formatDay(`${value}T12:00`) : value;
  return nameIn(choices, value);
}

function nameIn(choices: readonly Choice[], value: string): string {
  return choices.find(({ id }) => id === value)?.name ?? value;
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

function thresholdText({ percent, byMail }: TypedThreshold): string {
  return t(byMail ? 'notifications.thresholdMail' : 'notifications.thresholdQuiet', { percent: percent ?? '' });
}
