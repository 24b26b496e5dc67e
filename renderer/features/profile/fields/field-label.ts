import { t } from '../../../lib/i18n/text.ts';
import type { FieldPath } from './field-path.ts';

export function fieldLabel(path: FieldPath): string {
  switch (path) {
    case 'avatar.image':
      return t('profile.fields.image');
    case 'user.firstName':
      return t('profile.fields.firstName');
    case 'user.lastName':
      return t('profile.fields.lastName');
    case 'user.username':
      return t('profile.fields.username');
    case 'user.role':
      return t('profile.fields.role');
    case 'user.company':
      return t('profile.fields.company');
    case 'workplace.dialingPattern':
      return t('profile.fields.dialingPattern');
    case 'workplace.wfmNotifications':
      return t('profile.fields.wfmNotifications');
    case 'workplace.wfmInterval':
      return t('profile.fields.wfmInterval');
    case 'notifications.quotaAlerts':
      return t('profile.fields.quotaAlerts');
    case 'notifications.thresholds':
      return t('profile.fields.thresholds');
    case 'notifications.dailyReport':
      return t('profile.fields.dailyReport');
    case 'contact.email':
      return t('profile.fields.email');
    case 'contact.phone':
      return t('profile.fields.phone');
    case 'contact.addressLine1':
      return t('profile.fields.addressLine1');
    case 'contact.addressLine2':
      return t('profile.fields.addressLine2');
    case 'contact.city':
      return t('profile.fields.city');
    case 'contact.state':
      return t('profile.fields.state');
    case 'contact.postalCode':
      return t('profile.fields.postalCode');
    case 'contact.country':
      return t('profile.fields.country');
  }
}
