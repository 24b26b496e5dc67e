import { t } from '../lib/i18n/text.ts';

/** What the controls inside a password field are called. */
export function passwordLabels() {
  return {
    show: t('signIn.showPassword'),
    hide: t('signIn.hidePassword'),
    capsLock: t('signIn.capsLock'),
    lineBreak: t('signIn.lineBreak'),
  };
}
