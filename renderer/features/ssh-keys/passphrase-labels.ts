import { t } from '../../lib/i18n/text.ts';

/** What stands at a field for a passphrase. */
export function passphraseLabels() {
  return {
    show: t('sshKeys.show'),
    hide: t('sshKeys.hide'),
    capsLock: t('sshKeys.capsLock'),
    lineBreak: t('sshKeys.lineBreak'),
  };
}
