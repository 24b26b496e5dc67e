import { t } from '../../lib/i18n/text.ts';

/** What stands at a field for the passphrase of this computer. */
export function passphraseLabels() {
  return {
    show: t('vault.show'),
    hide: t('vault.hide'),
    capsLock: t('vault.capsLock'),
    lineBreak: t('vault.lineBreak'),
  };
}
