import { t } from '../../lib/i18n/text.ts';

/** What stands at a field for a passphrase. */
export function passphraseLabels(): { show: string; hide: string; capsLock: string } {
  return { show: t('sshKeys.show'), hide: t('sshKeys.hide'), capsLock: t('sshKeys.capsLock') };
}
