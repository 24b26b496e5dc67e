import type { Deletion } from '../../../shared/contract/account/deletion.ts';
import { t } from '../../lib/i18n/text.ts';

export function goneText(part: Deletion['deletes'][number]): string {
  switch (part) {
    case 'profile':
      return t('deletion.gone.profile');
    case 'contact':
      return t('deletion.gone.contact');
    case 'avatar':
      return t('deletion.gone.avatar');
    case 'sessions':
      return t('deletion.gone.sessions');
    case 'mfa':
      return t('deletion.gone.mfa');
    case 'recovery-codes':
      return t('deletion.gone.recoveryCodes');
    case 'notifications':
      return t('deletion.gone.notifications');
    case 'api-key':
      return t('deletion.gone.apiKey');
    case 'access-keys':
      return t('deletion.gone.accessKeys');
    case 'identities':
      return t('deletion.gone.linkedAccounts');
    case 'applications':
      return t('deletion.gone.applications');
    case 'identity-keys':
      return t('deletion.gone.sshKeys');
    case 'other':
      return t('deletion.gone.other');
  }
}

export function keptText(part: Deletion['keeps'][number]): string {
  switch (part) {
    case 'company-data':
      return t('deletion.kept.companyData');
    case 'sent-mails':
      return t('deletion.kept.sentMails');
    case 'other':
      return t('deletion.kept.other');
  }
}
